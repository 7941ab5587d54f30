import type { Ask, TextPlan } from './plan.ts';
import type { Variables } from './variables.ts';

/** The text with its holes filled; what is unknown prints `?`. */
export function fill(text: TextPlan<Ask>, variables: Variables): string {
  return text.map((part) => (typeof part === 'string' ? part : printed(part(variables)))).join('');
}

function printed(value: unknown): string {
  if (value === undefined) return '?';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
