import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRuleFolder } from '../src/cli/rule-files.ts';
import { type LintResult, lintTexts } from '../src/lint.ts';
import { PLATFORMS } from '../src/platforms/registry.ts';
import { discover } from '../src/project/discover.ts';

/** What an incident's `expected.json` says: errors that `before` must give, as `file:line`. */
interface Expected {
  readonly errors: readonly { readonly rule: string; readonly at: string }[];
}

const ROOT = join(__dirname, '../fixtures/incidents');
const { rules } = readRuleFolder(join(__dirname, '../rules'), 'rules');

/** Folders, relative to the incidents', that hold a `before` and an `after`. */
function incidents(folder = ''): string[] {
  const names = readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  if (names.includes('before')) return [folder];
  return names.sort().flatMap((name) => incidents(join(folder, name)));
}

function expectedOf(incident: string): Expected {
  return JSON.parse(readFileSync(join(ROOT, incident, 'expected.json'), 'utf8'));
}

async function lint(incident: string, phase: string): Promise<LintResult> {
  const cwd = join(ROOT, incident, phase);
  const { files } = await discover(['.'], { cwd });
  return lintTexts(files, { platforms: PLATFORMS, rules, top: phase });
}

/** Findings worth waking someone for, as `severity rule file:line message`. */
function loud({ findings }: LintResult): string[] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, rule, at, message }) => `${severity} ${rule} ${at.file}:${at.line} ${message}`);
}

test('there are incidents to look at', () => {
  expect(incidents().length).toBeGreaterThanOrEqual(20);
});

describe.each(incidents())('%s', (incident) => {
  test('is found where its cause stands', async () => {
    const expected = expectedOf(incident);
    expect(expected.errors).not.toEqual([]);
    const { findings } = await lint(incident, 'before');
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule, at }) => ({ rule, at: `${at.file}:${at.line}` }));
    expect(errors).toEqual(expect.arrayContaining([...expected.errors]));
  });

  test('is silent once fixed', async () => {
    expect(loud(await lint(incident, 'after'))).toEqual([]);
  });

  test.each(['before', 'after'])('%s is read to the last statement', async (phase) => {
    const { files, diagnostics } = await lint(incident, phase);
    const notRead = files.filter(({ platform, statements, path }) => (!platform && !path.endsWith('.clab.yml')) || statements.unknown > 0);
    expect({ notRead, diagnostics }).toEqual({ notRead: [], diagnostics: [] });
  });

  test('tells where it was reported, and stands in docs/incidents.md', () => {
    const top = incident.split('/')[0] ?? '';
    expect(readFileSync(join(ROOT, top, 'README.md'), 'utf8')).toMatch(/^## Source$/m);
    const row = readFileSync(join(ROOT, '../../docs/incidents.md'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`| [${top}](`));
    for (const { rule } of expectedOf(incident).errors) expect(row).toContain(`[${rule}](rules/${rule}.md)`);
  });
});
