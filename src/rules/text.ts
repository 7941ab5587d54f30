import type { Ask, TextPlan } from './plan.ts';
import type { Variables } from './variables.ts';

/** What is longer in a sentence is no name that a person gave: a line that lost its ends, a file that is none. */
const LONGEST = 300;

/** The text for people with its holes filled; what is unknown prints `?`, what is endless is cut. */
export function fill(text: TextPlan<Ask>, variables: Variables): string {
  return filled(text, variables, (value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value));
}

/** The text for a config with its holes filled, to the letter. */
export function fillWhole(text: TextPlan<Ask>, variables: Variables): string {
  return filled(text, variables, (value) => value);
}

function filled(text: TextPlan<Ask>, variables: Variables, shown: (value: string) => string): string {
  return text.map((part) => (typeof part === 'string' ? part : shown(printed(part(variables))))).join('');
}

function printed(value: unknown): string {
  if (value === undefined) return '?';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
