import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aristaEos } from '../../src/platforms/arista-eos/index.ts';
import { ciscoIos } from '../../src/platforms/cisco-ios/index.ts';
import { ciscoNxos } from '../../src/platforms/cisco-nxos/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

const ROOT = join(__dirname, '../..');
const PLATFORMS: readonly Platform[] = [ciscoIos, ciscoNxos, aristaEos];

function filesUnder(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesUnder(join(folder, name)) : [join(folder, name)]));
}

function bestFor(file: string) {
  const source = maskTemplate(file, readFileSync(file, 'utf8'));
  const scores = PLATFORMS.map((platform) => ({ platform, score: platform.recognise(source)?.score ?? 0 })).sort(
    (a, b) => b.score - a.score,
  );
  return { source, ...(scores[0] as { platform: Platform; score: number }), second: scores[1]?.score ?? 0 };
}

/** First words of the statements that the reader did not recognise. */
function unknown(statements: readonly Statement[]): string[] {
  return statements.flatMap((s) => (s.use ? unknown(s.children) : [`${s.line}: ${s.words[0]}`]));
}

function read(file: string) {
  const { source, platform } = bestFor(file);
  const parsed = platform.parse(source);
  const facts = platform.read({ device: 'd', sources: [{ ...source, ...parsed }] });
  return { facts, parsed, platform };
}

const FIXTURES = ['cisco-ios', 'cisco-nxos', 'arista-eos'].flatMap((id) =>
  filesUnder(join(ROOT, 'fixtures/platforms', id)).map((file) => [file.slice(ROOT.length + 1), id] as const),
);
const CORES = ['before', 'after'].flatMap((phase) =>
  ['core1.cfg', 'core2.cfg'].map((name) => [`fixtures/incidents/saas-core-switch-2016/bigip/${phase}/${name}`, 'cisco-nxos'] as const),
);

describe.each([...FIXTURES, ...CORES])('%s', (path, id) => {
  test('is taken for what it is and read to the last statement', () => {
    const { platform, second, score } = bestFor(join(ROOT, path));
    expect([platform.id, score > 0.9, second]).toEqual([id, true, 0]);
    const { facts, parsed } = read(join(ROOT, path));
    expect([parsed.diagnostics, unknown(parsed.statements)]).toEqual([[], []]);
    expect([facts.fragment, facts.hostname?.value, facts.timeSync?.value]).toEqual([
      undefined,
      path.split('/').at(-1)?.replace('.cfg', ''),
      true,
    ]);
  });
});

test.each(['before', 'after'])('the cores of the 2016 incident, %s: two gateways for each VLAN, the first one active and root', (phase) => {
  const [first, second] = ['core1', 'core2'].map(
    (name) => read(join(ROOT, `fixtures/incidents/saas-core-switch-2016/bigip/${phase}/${name}.cfg`)).facts,
  );
  const groups = (facts: typeof first) =>
    facts?.members.map((m) => [
      m.id?.value,
      m.priority?.value,
      m.preempt?.value,
      m.preemptDelay?.value,
      m.virtualAddresses[0]?.address,
      m.triggers[0]?.interfaces[0],
    ]);
  expect(groups(first)?.slice(0, 2)).toEqual([
    ['110', 110, true, 60_000, '10.20.110.1', 'Ethernet1/1'],
    ['120', 110, true, 60_000, '10.20.120.1', 'Ethernet1/1'],
  ]);
  expect(groups(second)?.slice(0, 2)).toEqual([
    ['110', 100, true, 60_000, '10.20.110.1', 'Ethernet1/1'],
    ['120', 100, true, 60_000, '10.20.120.1', 'Ethernet1/1'],
  ]);
  const root = (facts: typeof first) => facts?.vlans.find((vlan) => vlan.id === 110)?.stpPriority?.value ?? 0;
  expect(root(first)).toBeLessThan(root(second));
  const lag = (facts: typeof first, name: string) => facts?.interfaces.find((i) => i.name === name);
  expect(lag(first, 'port-channel11')).toMatchObject({
    members: [{ value: 'Ethernet1/11' }, { value: 'Ethernet1/12' }],
    edgePort: { value: true },
  });
  expect(lag(second, 'port-channel12')).toMatchObject({ lagMode: { value: 'lacp-active' }, mode: { value: 'trunk' } });
});

const REAL = '/work/shared/real';
const real = existsSync(REAL) ? ['cisco', 'eos'].flatMap((folder) => filesUnder(join(REAL, folder))) : [];
if (real.length === 0) console.log('the audited real configs are not on this machine, so none is read here');

test('audited real configs, where they are at hand, are recognised without a syntax error', () => {
  const wrong = real.filter((file) => bestFor(file).score < 0.5 || read(file).parsed.diagnostics.length > 0);
  expect(wrong).toEqual([]);
});
