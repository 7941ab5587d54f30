import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { shown } from '../project/discover.ts';
import { errorCode } from '../project/error-code.ts';
import type { Finding } from '../rules/finding.ts';
import { maskMessage } from '../syntax/secrets.ts';
import { type Io, UserError } from './io.ts';
import type { Project } from './workspace.ts';

/** Where a baseline stands unless the project file or `--baseline` says otherwise. */
const DEFAULT = '.halint-baseline.json';

/** A finding of an earlier day. The fingerprint is what counts; the rest tells people what it is. */
export interface Recorded {
  readonly file: string;
  readonly rule: string;
  readonly device: string;
  readonly message: string;
  readonly fingerprint: string;
  /** How often it occurs; absent: once. */
  readonly count?: number;
}

/** The path of a project's baseline, and whether somebody named it. */
export function baselinePath(io: Io, project: Project, asked: string | undefined): { readonly path: string; readonly named: boolean } {
  if (asked !== undefined) return { path: resolve(io.cwd, asked), named: true };
  const { baseline } = project.file;
  return { path: join(project.root, baseline ?? DEFAULT), named: baseline !== undefined };
}

/** What a baseline file records; undefined where there is none and nobody named one. */
export function readBaseline(io: Io, project: Project, asked: string | undefined): readonly Recorded[] | undefined {
  const { path, named } = baselinePath(io, project, asked);
  const name = shown(path, io.cwd);
  if (!existsSync(path)) {
    if (named) throw new UserError(`the baseline ${name} does not exist; halint baseline writes it`);
    return undefined;
  }
  return parseBaseline(name, readText(path, name));
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`the baseline ${name} cannot be read (${errorCode(error)})`);
  }
}

function parseBaseline(name: string, text: string): readonly Recorded[] {
  const again = 'halint baseline writes it anew';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const line = /position (\d+)/.exec(String(error))?.[1];
    const at = line === undefined ? '' : `:${text.slice(0, Number(line)).split('\n').length}`;
    throw new UserError(`${name}${at}: the baseline is not JSON (a merge left over?); ${again}`);
  }
  const findings = isObject(value) && value.version === 1 ? value.findings : undefined;
  if (!Array.isArray(findings)) throw new UserError(`${name}:1: the baseline has no version 1 and no list of findings; ${again}`);
  const wrong = findings.findIndex((one) => !isObject(one) || typeof one.fingerprint !== 'string' || !isCount(one.count));
  if (wrong >= 0)
    throw new UserError(
      `${name}:${lineOfFinding(text, wrong)}: finding ${wrong + 1} of the baseline has no fingerprint or a wrong count; ${again}`,
    );
  return findings as Recorded[];
}

/** The line that the finding of an index begins on. */
function lineOfFinding(text: string, index: number): number {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, ['findings', index]);
  return text.slice(0, node?.offset ?? 0).split('\n').length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(count: unknown): boolean {
  return count === undefined || (Number.isInteger(count) && (count as number) > 0);
}

/** Findings without those that a baseline records, and what it records and nobody finds any more. */
export interface Sifted {
  readonly kept: Finding[];
  readonly gone: readonly Recorded[];
}

/** Takes out the findings that a baseline records, each as often as it records it. */
export function sift(findings: readonly Finding[], baseline: readonly Recorded[]): Sifted {
  const left = new Map<string, number>();
  for (const { fingerprint, count = 1 } of baseline) left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  const kept = findings.filter(({ fingerprint }) => {
    const count = left.get(fingerprint) ?? 0;
    left.set(fingerprint, count - 1);
    return count <= 0;
  });
  const gone = baseline.flatMap((one) => {
    const count = Math.min(one.count ?? 1, Math.max(0, left.get(one.fingerprint) ?? 0));
    return count === 0 ? [] : [{ ...one, count }];
  });
  return { kept, gone };
}

/** The findings as a baseline records them, one a line, in an order that makes small diffs. */
export function recordOf(findings: readonly Finding[], toProject: (path: string) => string): Recorded[] {
  const records = new Map<string, Recorded>();
  for (const { rule, device, message, fingerprint, at } of findings) {
    const count = (records.get(fingerprint)?.count ?? 0) + 1;
    records.set(fingerprint, { file: toProject(at.file), rule, device, message: maskMessage(message), fingerprint, count });
  }
  return [...records.values()];
}

/** The text of a baseline file. */
export function baselineText(records: readonly Recorded[]): string {
  const key = ({ file, rule, message, fingerprint }: Recorded): string => [file, rule, message, fingerprint].join('\0');
  const lines = [...records]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(({ count = 1, file, rule, device, message, fingerprint }) =>
      JSON.stringify({ file, rule, device, message, fingerprint, ...(count > 1 ? { count } : {}) }),
    );
  return `{\n  "version": 1,\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}
