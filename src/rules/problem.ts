/** A mistake in a rule file: what, and where. */
export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line in question. */
  readonly source?: string;
}

/** `rules/x.yaml:12:14: message`, and the line with a caret under the place. */
export function formatProblem(problem: RuleProblem): string {
  const head = `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
  if (problem.source === undefined) return head;
  const source = problem.source.replaceAll('\t', ' ');
  const gutter = `${problem.line} | `;
  return `${head}\n  ${gutter}${source}\n  ${' '.repeat(gutter.length + problem.column - 1)}^`;
}
