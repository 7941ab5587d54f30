import type { FileReport } from '../project/file-report.ts';
import type { Edit, Finding, Suggestion } from '../rules/finding.ts';
import { groupBy } from '../rules/indexes.ts';
import { applyEdits, clash } from './apply-edits.ts';

/** A finding that has a suggestion. */
export type Fixable = Finding & { readonly suggestion: Suggestion };

/** Texts put right as far as that is sure. */
export interface Fixed {
  /** All texts, in the order they came. */
  readonly texts: readonly ConfigText[];
  readonly made: readonly Fixable[];
  /** What is still found. */
  readonly left: readonly Finding[];
}

/** A file's path and content. */
export interface ConfigText {
  readonly path: string;
  readonly text: string;
}

/** What linting told, as far as it is compared. */
export interface Linted {
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly object[];
  readonly files: readonly FileReport[];
}

export interface FixOptions {
  /** Lints texts, every finding of the simulation included (`echoes`). */
  readonly lint: (texts: readonly ConfigText[]) => Linted;
  readonly mayChange: (file: string) => boolean;
}

interface State {
  readonly texts: readonly ConfigText[];
  readonly linted: Linted;
  readonly made: readonly Fixable[];
  /** Fingerprints of findings whose suggestion does not hold. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Makes the suggestions of findings, round after round, until none is left. A suggestion counts only where linting
 * again shows that its finding is gone and nothing new is found: halint does not trust a rule's word for it.
 */
export function fixTexts(texts: readonly ConfigText[], options: FixOptions): Fixed {
  let state: State = { texts, linted: options.lint(texts), made: [], refused: new Set() };
  for (;;) {
    const chosen = choose(state, options.mayChange);
    if (chosen.length === 0) return { texts: state.texts, made: state.made, left: state.linted.findings };
    // Each step makes a fix, which leaves fewer findings, or refuses one: it ends.
    state = step(state, chosen, options.lint);
  }
}

/** The suggestions that can be made together, the first of those that clash; each once. */
function choose({ linted, refused }: State, mayChange: (file: string) => boolean): Fixable[] {
  const taken: Edit[] = [];
  return linted.findings.filter(isFixable).filter(({ fingerprint, suggestion: { edits } }) => {
    if (refused.has(fingerprint) || !edits.every((edit) => mayChange(edit.file))) return false;
    if (edits.some((edit) => taken.some((other) => clash(edit, other)))) return false;
    taken.push(...edits);
    return true;
  });
}

/** Whether halint can put a finding right by itself. */
export function isFixable(finding: Finding): finding is Fixable {
  return finding.suggestion !== undefined;
}

/** Makes all that were chosen; where something is wrong with that, the half that is found to be right. */
function step(state: State, chosen: readonly Fixable[], lint: FixOptions['lint']): State {
  const texts = changed(state.texts, chosen);
  const linted = lint(texts);
  if (isBetter(state.linted, linted, chosen)) return { ...state, texts, linted, made: [...state.made, ...chosen] };
  const [only] = chosen;
  if (chosen.length === 1 && only) return { ...state, refused: new Set([...state.refused, only.fingerprint]) };
  const middle = Math.ceil(chosen.length / 2);
  const half = step(state, chosen.slice(0, middle), lint);
  // Where something was made the other half stands elsewhere now: the next round finds it there.
  return half.made.length > state.made.length ? half : step(half, chosen.slice(middle), lint);
}

function changed(texts: readonly ConfigText[], chosen: readonly Fixable[]): ConfigText[] {
  const edits = groupBy(
    chosen.flatMap((one) => one.suggestion.edits),
    (edit) => [edit.file],
  );
  return texts.map((input) => {
    const own = edits.get(input.path);
    return own ? { ...input, text: applyEdits(input.text, own).text } : input;
  });
}

/** Whether what was chosen is gone, no rule finds more on any device, and no more is misunderstood than before. */
function isBetter(before: Linted, after: Linted, chosen: readonly Finding[]): boolean {
  const [was, is, gone] = [before.findings, after.findings, chosen].map(counted) as [Counts, Counts, Counts];
  return (
    [...is].every(([key, count]) => count <= (was.get(key) ?? 0)) &&
    [...gone].every(([key, count]) => (is.get(key) ?? 0) <= (was.get(key) ?? 0) - count) &&
    misunderstood(after) <= misunderstood(before)
  );
}

type Counts = ReadonlyMap<string, number>;

/** How many findings each rule has on each device. */
function counted(findings: readonly Finding[]): Counts {
  const counts = new Map<string, number>();
  for (const { rule, device } of findings) counts.set(`${rule}\n${device}`, (counts.get(`${rule}\n${device}`) ?? 0) + 1);
  return counts;
}

function misunderstood({ diagnostics, files }: Linted): number {
  return diagnostics.length + files.reduce((sum, file) => sum + file.statements.unknown, 0);
}
