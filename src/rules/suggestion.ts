import { type EditableLines, editOf } from './edits.ts';
import type { Edit, Suggestion } from './finding.ts';
import type { Lookup } from './lookup.ts';
import { statedPlaceOf } from './places.ts';
import type { Ask, EditPlan, SuggestionPlan, TextPlan } from './plan.ts';
import { fill } from './text.ts';
import { type Variables, withVariable } from './variables.ts';

/** The change that puts a finding right; undefined where one of its parts is not sure. */
export function suggestionOf(
  plan: SuggestionPlan<Ask>,
  variables: Variables,
  lookup: Lookup,
  linesOf: EditableLines,
): Suggestion | undefined {
  if (plan.given && plan.given(variables) !== true) return undefined;
  const edits = plan.edits.map((edit) => editsOf(edit, variables, lookup, linesOf));
  if (!edits.every((some) => some !== undefined)) return undefined;
  const all = edits.flat();
  return all.length > 0 ? { title: fill(plan.title, variables).replace(/\s+/g, ' '), edits: all } : undefined;
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
    const find = plan.find === undefined ? {} : { find: plan.find };
    const edit = editOf({ act: plan.act, at, ...find, text: fill(plan.text, inner) }, linesOf);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** Whether every hole of a text can be filled. */
function isKnown(text: TextPlan<Ask>, variables: Variables): boolean {
  return text.every((part) => typeof part === 'string' || part(variables) !== undefined);
}
