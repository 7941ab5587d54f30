import { type EditableLines, editOf, isFound } from './edits.ts';
import type { Edit, Suggestion } from './finding.ts';
import type { Lookup } from './lookup.ts';
import { statedPlaceOf } from './places.ts';
import type { Ask, EditPlan, SuggestionPlan, TextPlan } from './plan.ts';
import { fill, fillWhole } from './text.ts';
import { type Variables, withVariable } from './variables.ts';

/** The first change that is sure to put a finding right; undefined where none is. */
export function suggestionOf(
  plans: readonly SuggestionPlan<Ask>[],
  variables: Variables,
  lookup: Lookup,
  linesOf: EditableLines,
): Suggestion | undefined {
  for (const { given, title, edits: planned } of plans) {
    if (given && given(variables) !== true) continue;
    const edits = planned.map((edit) => editsOf(edit, variables, lookup, linesOf));
    if (!edits.every((some) => some !== undefined) || edits.flat().length === 0) continue;
    return { title: fill(title, variables).replace(/\s+/g, ' '), edits: edits.flat() };
  }
  return undefined;
}

function editsOf(plan: EditPlan<Ask>, variables: Variables, lookup: Lookup, linesOf: EditableLines): readonly Edit[] | undefined {
  const items = plan.each ? plan.each(variables) : [undefined];
  if (!Array.isArray(items)) return undefined;
  const edits: Edit[] = [];
  for (const item of items) {
    const inner = plan.each ? withVariable(variables, 'other', item) : variables;
    const applies = plan.given ? plan.given(inner) : true;
    if (applies === false) continue;
    const at = statedPlaceOf(plan.at, inner, lookup);
    if (applies !== true || !at || !isKnown(plan.text, inner)) return undefined;
    const { act, find, unless } = plan;
    // One of many that does not say it needs no change.
    if (at && plan.each && find !== undefined && isFound(at, find, linesOf) === false) continue;
    const edit = editOf(
      { act, at, text: fillWhole(plan.text, inner), ...(find === undefined ? {} : { find }), ...(unless ? { unless } : {}) },
      linesOf,
    );
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** Whether every hole of a text can be filled. */
function isKnown(text: TextPlan<Ask>, variables: Variables): boolean {
  return text.every((part) => typeof part === 'string' || part(variables) !== undefined);
}
