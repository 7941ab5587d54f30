import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';
import * as secretWords from '../../src/syntax/secret-words.ts';

const SRC = join(__dirname, '../../src');

interface Found {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that stands in a file. */
function literalsOf(path: string): Found[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ where: `${relative(SRC, path)}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** Those that are put together at run time: where they are exported they can be seen. */
function exportedOf(module: object): Found[] {
  const all = Object.entries(module).flatMap(([name, value]) => [value].flat(2).map((one: unknown) => ({ name, one })));
  return all.flatMap(({ name, one }) => (one instanceof RegExp ? [{ where: name, source: one.source, flags: one.flags }] : []));
}

/** Why matching takes more than linear time, from any place of a long text or within one match. */
function slowness({ where, source, flags }: Found): string[] {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  return reports.map(({ type, exponential, character }) => {
    const how = exponential ? 'exponential' : 'more than linear';
    return `${where}: /${source}/${flags} is ${how} on long runs of ${character.literal.source} (${type})`;
  });
}

test('the check sees what is slow', () => {
  expect(slowness({ where: 'x', source: '(?:a+)+b', flags: '' })[0]).toContain('exponential');
  expect(slowness({ where: 'x', source: '\\d+$', flags: '' })[0]).toContain('more than linear');
  expect(slowness({ where: 'x', source: '^\\s*a', flags: 'm' })).toHaveLength(1);
  expect(slowness({ where: 'x', source: '^\\d+$', flags: '' })).toEqual([]);
});

test('no regular expression takes more than linear time', () => {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const found = [...files.flatMap(literalsOf), ...exportedOf(secretWords)];
  expect(found.length).toBeGreaterThan(500);
  expect(found.flatMap(slowness)).toEqual([]);
});
