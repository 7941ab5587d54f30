import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { baselineText, recordOf } from '../../src/cli/baseline.ts';
import { debugLines } from '../../src/cli/debug.ts';
import { modelJson } from '../../src/cli/model-json.ts';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { unifiedDiff } from '../../src/fix/diff.ts';
import { lintTexts } from '../../src/lint.ts';
import type { PlatformId } from '../../src/model/platform-id.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { codeFrame } from '../../src/reporters/code-frame.ts';
import { escapeControls } from '../../src/reporters/escape.ts';
import { faultMatrix } from '../../src/reporters/matrix.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { simulationJson } from '../../src/reporters/simulate-json.ts';
import { singleFaults } from '../../src/simulation/fault.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { maskLine, maskLines } from '../../src/syntax/secrets.ts';
import { HARMLESS, HOLE, SECRET_STATEMENTS } from './secret-statements.ts';

const ROOT = join(__dirname, '../../fixtures/platforms');
const { rules } = readRuleFolder(join(__dirname, '../../rules'));

interface File {
  readonly path: string;
  readonly text: string;
}

/** The files of a platform's fixtures, those that are bad first: they give findings to print. */
function fixturesOf(platform: PlatformId): File[][] {
  const folders = readdirSync(join(ROOT, platform), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => join(ROOT, platform, name))
    .sort()
    .map((folder) =>
      readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') })),
    );
}

/** Every statement with a canary of its own: what leaks names the statement. */
function canaries(platform: PlatformId): { text: string; canary: string }[] {
  return SECRET_STATEMENTS[platform].map((statement, i) => {
    const canary = `zq7can4ry${String(i).padStart(2, '0')}z`;
    return { text: statement.replaceAll(HOLE, canary), canary };
  });
}

/** All that halint prints of some files, in every format. */
async function printedOf(files: readonly File[]): Promise<string> {
  const result = lintTexts(files, { platforms: PLATFORMS, rules, settings: { all: true }, echoes: true });
  const textOf = (path: string) => files.find((file) => file.path === path)?.text;
  const { findings, diagnostics } = result;
  const report = { findings, diagnostics, files: result.files, devices: 1, suppressed: 0, durationMs: 1 };
  const context = { textOf, rules: [], version: '1', color: false, columns: 400 };
  const parts = Object.values(REPORTERS).map((reporter) => reporter(report, context));
  for (const network of result.networks) {
    const results = simulate(network, singleFaults(network));
    parts.push(...faultMatrix(network.services, results, { colour: false, width: 400, all: true }));
    parts.push(...simulationJson(network.services, results));
  }
  parts.push(JSON.stringify(modelJson(result)), ...debugLines(result));
  parts.push(baselineText(recordOf(findings, (path) => path)));
  for (const { path, text } of files) {
    parts.push(await unifiedDiff({ path, text }, { path, text: '' }, { color: false, safe: escapeControls }));
    parts.push(await unifiedDiff({ path, text: '' }, { path, text }, { color: false, safe: escapeControls }));
    parts.push(...framesOf(text));
  }
  return parts.join('\n');
}

/** A code frame for every line. */
function framesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.map((line, i) => {
    if (!/zq7can4ry/.test(line)) return '';
    const at = { file: 'x', line: i + 1, column: 1, endLine: i + 1, endColumn: line.length + 1 };
    return codeFrame(text, at, { around: i % 2, width: 4000 })
      .map((one) => one.text)
      .join('\n');
  });
}

function leaked(text: string, secrets: readonly { text: string; canary: string }[]): object[] {
  return secrets.flatMap(({ text: statement, canary }) => {
    const at = text.indexOf(canary);
    return at < 0 ? [] : [{ statement, in: text.slice(text.lastIndexOf('\n', at) + 1, at + 40).slice(-200) }];
  });
}

const isJson = (text: string) => text.trimStart().startsWith('{') && text.trimEnd().endsWith('}') && /^\s*\{\s*"/.test(text);

/** The file with statements at its end; merged into every object of JSON. */
function appended(text: string, statements: readonly string[]): string {
  if (isJson(text))
    return JSON.stringify(
      merged(
        JSON.parse(text),
        statements.map((one) => JSON.parse(one) as object),
      ),
      null,
      2,
    );
  return `${text.trimEnd()}\n${statements.join('\n')}\n`;
}

function merged(value: unknown, extra: readonly object[], depth = 0): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const own = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, merged(part, extra, depth + 1)]));
  if (depth % 2 === 1) return own;
  return Object.assign(own, ...extra.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !(key in own)))));
}

/** The file with a statement after each few lines, as far in as the line before. */
function interleaved(text: string, statements: readonly string[]): string {
  if (isJson(text)) return JSON.stringify(JSON.parse(appended(text, statements)));
  let next = 0;
  return text
    .split('\n')
    .flatMap((line) => {
      const statement = line.trim() === '' ? undefined : statements[next++ % statements.length];
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      return statement === undefined ? [line] : [line, ...statement.split('\n').map((part) => indent + part)];
    })
    .join('\n');
}

describe.each(PLATFORMS.map(({ id }) => id))('%s', (platform) => {
  const secrets = canaries(platform);
  const texts = secrets.map(({ text }) => text);
  const plantings: [string, (text: string) => string][] = [
    ['at the end', (text) => appended(text, texts)],
    ['between all lines', (text) => interleaved(text, texts)],
    [
      'with one quote left open and Windows line ends',
      (text) => `${text}\n${texts.map((one) => one.replace(/(["'])(?=[^"']*$)/, '')).join('\n')}\n`.replace(/\r?\n/g, '\r\n'),
    ],
    [
      'behind a word that is not known',
      (text) =>
        isJson(text)
          ? text
          : `${text}\n${texts
              .filter((one) => !one.includes('\n'))
              .map((one) => `zzunknown ${one}`)
              .join('\n')}\n`,
    ],
  ];
  const comment = PLATFORMS.find(({ id }) => id === platform)?.comment || '#';
  if (!isJson(texts[0] ?? '')) plantings.push(['in comments', (text) => `${texts.join('\n').replace(/^/gm, `${comment} `)}\n${text}`]);
  const [fixture = []] = fixturesOf(platform);

  test.each(plantings)('no secret is printed that stands %s', async (_, plant) => {
    const planted = fixture.map(({ path, text }) => ({ path, text: plant(text) }));
    expect(leaked(await printedOf(planted), secrets)).toEqual([]);
  });

  test('a secret is printed in no description', async () => {
    const words = ['password', 'the secret is', 'community:', 'token =', 'login joe/password'];
    const canary = 'zq7can4ry99z';
    const planted = fixture.map(({ path, text }) => ({
      path,
      text: text.replace(
        /^(\s*)(description|remark|desc|alias|"(?:label|remark|description)":)(\s+).*$/gm,
        (_line, indent, word, blank) => {
          const said = `"${words[0]} ${canary}${words.map((one) => ` ${one} ${canary}`).join('')}"`;
          return `${indent}${word}${blank}${said}${text.includes('desc') && word.startsWith('"') ? ',' : ''}`;
        },
      ),
    }));
    expect(leaked(await printedOf(planted), [{ text: 'description', canary }])).toEqual([]);
  });

  test('names and addresses of what bears no secret stay readable', () => {
    const masked = fixturesOf(platform)
      .flat()
      .flatMap(({ text }) => {
        const lines = text.split('\n');
        return maskLines(lines).flatMap((line, i) => (line === lines[i] ? [] : [lines[i]]));
      })
      .filter((line) => !/passw|secret|auth|system user|community|passphrase|ciphertext|token|\$\d\$|key/i.test(line ?? ''));
    expect(masked).toEqual([]);
  });
});

/** Ways in which YAML cannot be read at a password that somebody forgot to quote, or to close. */
const BROKEN_SECRETS: readonly string[] = [
  'k: §\nzq7can4ryz',
  'k: "a" §',
  "k: 'a' §",
  'k: [a] §',
  'k: {a: b} §',
  'k: *§',
  'k: !§ x',
  'k: !!§ x',
  'k: !e!§ x',
  'k: !<§> x',
  'k: !<§ x',
  'k: "a\\§"',
  'k: "\\x§"',
  'k: "§',
  "k: '§",
  'k: @§',
  'k: `§',
  'k: %§',
  'k: |§\n  x',
  'k: >§ x\n  x',
  'k: &§ &b x',
  'k: a: §',
  '- §\nk: §',
  'k: {§',
  'k: [§, : §',
  '? §\n: - §\n §',
  '%§ x',
  '%YAML §',
  '%TAG §',
  '... §',
  '--- §\n§: §\n  §: §',
  'k:\n\t§',
  'k: ]§',
];

const YAML_BEFORE: readonly (readonly [string, string, string])[] = [
  ['f5-as3', 'a/as3.yml', 'class: ADC\nschemaVersion: 3.0.0\n'],
  ['f5-do', 'a/do.yml', 'class: Device\nschemaVersion: 1.0.0\n'],
  ['envoy', 'a/envoy.yaml', 'static_resources:\n  clusters: []\n'],
  ['traefik', 'a/traefik.yml', 'entryPoints:\n  web: {address: ":80"}\n'],
  ['linux-network', 'a/netplan.yaml', 'network:\n  version: 2\n  ethernets:\n    eth0: {}\n'],
  ['cumulus-linux', 'a/nvue.yaml', '- set:\n    bridge: {}\n- set:\n    interface: {swp1: {}}\n'],
  ['a topology', 'lab.clab.yml', 'name: lab\ntopology:\n  nodes: {}\n'],
];

test.each(YAML_BEFORE)('YAML that cannot be read is not quoted: %s', (_, path, before) => {
  const canary = 'zq7can4ry42z';
  let told = 0;
  for (const broken of BROKEN_SECRETS) {
    const text = `${before}${broken.replaceAll('§', canary)}\n`;
    const { diagnostics, findings } = lintTexts([{ path, text }], { platforms: PLATFORMS, rules, settings: { all: true } });
    told += diagnostics.filter(({ kind }) => kind === 'syntax').length;
    const messages = [...diagnostics, ...findings].map(({ message }) => message);
    expect(messages.filter((message) => message.includes('can4ry')).map((message) => [broken, message])).toEqual([]);
  }
  expect(told).toBeGreaterThan(15);
});

test('sentences of halint keep their words where they speak of passwords', () => {
  const text =
    'vrrp_instance a {\n  interface eth0\n  virtual_router_id 5\n  authentication {\n    auth_type PASS\n    auth_pass longerthan8\n  }\n}\n';
  const model = modelJson(lintTexts([{ path: 'lb1/keepalived.conf', text }], { platforms: PLATFORMS, rules }));
  const { remarks } = (model as { devices: { remarks: { text: string }[] }[] }).devices[0] ?? { remarks: [] };
  for (const remark of remarks) expect(remark.text).not.toContain('***');
  expect(JSON.stringify(model)).not.toContain('longerthan');
});

test.each(HARMLESS)('what is no secret stays: %j', (line) => {
  expect(maskLine(line)).toBe(line);
});
