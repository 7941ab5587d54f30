import type { Environment } from '@marcbachmann/cel-js';
import { compileExpression, type Expression } from './cel/expression.ts';
import { compilePlace, type ListPath } from './compile-place.ts';
import { BOOL, elementType, LIST, type Report } from './compile-report.ts';
import { compileText } from './compile-text.ts';
import type { EditAct, EditPlan, SuggestionPlan } from './plan.ts';
import type { EditText, SuggestionText } from './rule.ts';

const ACTS: readonly EditAct[] = ['replace', 'delete', 'append', 'before', 'after', 'inside'];

/** The plan of the suggestion at `path` of a check; undefined where `report` was told of a mistake. */
export function compileSuggestion(
  { given: condition, title: words, edits: texts }: SuggestionText,
  path: readonly (string | number)[],
  environment: Environment,
  report: Report,
): SuggestionPlan<Expression> | undefined {
  const given = condition === undefined ? undefined : report([...path, 'given'], compileExpression(condition, environment), BOOL);
  const title = report([...path, 'title'], compileText(words, environment));
  const edits = texts.map((edit, i) => compileEdit(edit, [...path, 'edits', i], environment, report));
  if (!title || !edits.every((edit) => edit !== undefined)) return undefined;
  return { ...(given ? { given } : {}), title, edits };
}

function compileEdit(
  edit: EditText,
  path: readonly (string | number)[],
  environment: Environment,
  report: Report,
): EditPlan<Expression> | undefined {
  const acts = ACTS.filter((name) => edit[name] !== undefined);
  const [act] = acts;
  if (!act || acts.length > 1) {
    report(path, { offset: 0, message: `an edit has one of ${ACTS.join(', ')}` });
    return undefined;
  }
  if ((act !== 'delete') !== (edit.text !== undefined))
    report([...path, act], { offset: 0, message: `'${act}' takes ${act === 'delete' ? 'no' : 'a'} 'text'` });
  if (edit.find !== undefined && act !== 'replace' && act !== 'delete')
    report([...path, 'find'], { offset: 0, message: "'find' goes with 'replace' and 'delete' only" });
  const each = edit.each === undefined ? undefined : report([...path, 'each'], compileExpression(edit.each, environment), LIST);
  const inner = each ? environment.clone().registerVariable('other', elementType(each.type)) : environment;
  const item: ListPath | undefined = each && { variable: 'other', list: each };
  const given = edit.given === undefined ? undefined : report([...path, 'given'], compileExpression(edit.given, inner), BOOL);
  const at = report([...path, act], compilePlace(edit[act] ?? '', inner, item));
  const text = report([...path, 'text'], compileText((edit.text ?? '').trimEnd(), inner));
  if (!at || !text) return undefined;
  return {
    act,
    ...(each ? { each } : {}),
    ...(given ? { given } : {}),
    at,
    ...(edit.find === undefined ? {} : { find: edit.find }),
    ...(edit.unless ? { unless: edit.unless } : {}),
    text,
  };
}
