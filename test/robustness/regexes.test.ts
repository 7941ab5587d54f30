import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';

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

/** Those that are put together when the platforms are loaded. */
async function constructed(): Promise<Found[]> {
  const found = new Map<string, Found>();
  const plain = globalThis.RegExp;
  jest.resetModules();
  globalThis.RegExp = new Proxy(plain, {
    construct(target, args: ConstructorParameters<typeof RegExp>) {
      const { source, flags } = new target(...args);
      const where = /\/src\/([^\s:)]+)/.exec(new Error().stack ?? '')?.[1];
      if (where) found.set(`${source}/${flags}`, { where, source, flags });
      return new target(...args);
    },
  });
  try {
    await import('../../src/lint.ts');
    await import('../../src/platforms/registry.ts');
  } finally {
    globalThis.RegExp = plain;
  }
  return [...found.values()];
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

test('no regular expression takes more than linear time', async () => {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const made = await constructed();
  expect(made.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['platforms/juniper-junos/recognise.ts', 'syntax/secret-words.ts']),
  );
  const found = [...files.flatMap(literalsOf), ...made];
  expect(found.length).toBeGreaterThan(500);
  expect(found.flatMap(slowness)).toEqual([]);
});
