import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse } from 'yaml';
import { debugLines } from '../../src/cli/debug.ts';
import { modelJson } from '../../src/cli/model-json.ts';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { jsonText } from '../../src/reporters/json-text.ts';
import { faultMatrix } from '../../src/reporters/matrix.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { simulationJson } from '../../src/reporters/simulate-json.ts';
import { singleFaults } from '../../src/simulation/fault.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { folderWith, runCli } from '../cli/run-cli.ts';

const { rules } = readRuleFolder(join(__dirname, '../../rules'));

/** Words, for they stand in names: what steers a terminal, a CI service, a browser, a parser or a reader. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['a terminal sequence', '\u001b[31mred\u001b]8;;http://e.example\u0007'],
  ['C1 controls', '\u009b31mred\u0085x\u0090y'],
  ['a carriage return', 'good\rbad\u0008\u0008'],
  ['turned text', '\u202egnp.exe\u2066x\u200bz\ufeff'],
  ['XML', ']]>&<x/>"\'&#0;&#27;'],
  ['characters that XML forbids', 'a\u0000b\u000bc\ufffed\uffff'],
  ['HTML', '<script>alert(1)</script><img/src=x/onerror=y>'],
  ['markdown', '[x](http://e.example)`**b**`@team#1![i](http://e.example/i.png)|'],
  ["GitHub's commands", '::error::x'],
  ["GitHub's commands with properties", '::set-output%20name=x::y%0A::warning::z'],
  ["GitHub's older commands", '##[add-path]/tmp'],
  ["Azure's commands", '##vso[task.setvariable\u00a0variable=x]y'],
  ["TeamCity's commands", "##teamcity[buildStatus\u00a0text='x']"],
  ["TeamCity's escapes", "a|b'c[d]|n|0x0041"],
  ["TAP's directives", 'ok\u00a01#SKIP\\#TODO'],
  ['single surrogates', 'a\ud800b\udc00c'],
  ['YAML', "a:\u00a0!!js/function|>-{}[]&*%'"],
  ['line separators', 'a\u2028b\u2029c'],
];

/** Configs whose every name is `word`. */
function filesWith(word: string): { path: string; text: string }[] {
  const [quoted, plain] = [word.replace(/"/g, ''), word.replace(/[\s{}"'#;\\]/g, '_')];
  return [
    {
      path: `lb1/${word.replaceAll('/', '_')}/keepalived.conf`,
      text: `vrrp_script ${plain} {\n  script "/bin/true ${quoted}"\n}\nvrrp_instance ${plain} {\n  state MASTER\n  interface ${plain}\n  virtual_router_id 51\n  ${plain} 1\n  priority 100\n  track_script {\n    ${plain}\n    missing${plain}\n  }\n  virtual_ipaddress {\n    10.0.0.100/24\n  }\n}\n`,
    },
    {
      path: 'lb1/haproxy.cfg',
      text: `frontend ${plain}\n    bind 10.0.0.100:80\n    default_backend ${plain}\n    use_backend missing${plain}\nbackend ${plain}\n    server ${plain} 10.0.0.1:80\n    ${plain} x\n`,
    },
    {
      path: 'sw1.cfg',
      text: `hostname ${plain}\n!\ninterface Vlan10\n description ${word}\n ip address 10.0.0.2 255.255.255.0\n standby 1 ip 10.0.0.1\n standby 1 name ${plain}\n standby 1 track ${plain}\n!\ninterface GigabitEthernet0/1\n description to ${word} ${word}\n switchport mode trunk\n`,
    },
    { path: 'adc/x.as3.json', text: `{"class": "ADC", "schemaVersion": "3.0.0", "t": {"class": "Tenant", "${quoted}": ` },
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|##(?:vso|teamcity)?\[/;

/** What no text may hold, whatever its format. */
function expectCalm(text: string): void {
  expect(STEERING.exec(text)?.[0]).toBeUndefined();
  expect(text.isWellFormed()).toBe(true);
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, part]) => [key, ...strings(part)]) : [];
}

describe.each(HOSTILE)('%s in names, descriptions and file names', (_, word) => {
  const files = filesWith(word);
  const result = lintTexts(files, { platforms: PLATFORMS, rules, settings: { all: true }, echoes: true });
  const textOf = (path: string) => files.find((file) => file.path === path)?.text;
  const report = { ...result, devices: 2, durationMs: 1 };
  const context = { textOf, rules: [], version: '1', color: false, columns: 60 };
  const print = (format: string): string => REPORTERS[format]?.(report, context) ?? '';

  test('there is something to print', () => {
    expect(new Set(result.findings.map(({ at }) => at.file)).size).toBeGreaterThan(2);
  });

  test.each(Object.keys(REPORTERS).filter((format) => format !== 'teamcity' && format !== 'markdown'))('%s is calm', (format) => {
    expectCalm(print(format));
  });

  test.each(['stylish', 'compact', 'tap', 'markdown'])('%s: no line is a command of the CI service', (format) => {
    expect(print(format)).not.toMatch(/^\s*::[\w-]+.*::/m);
  });

  test('github: every command is our own', () => {
    for (const line of print('github').trimEnd().split('\n').slice(0, -2)) {
      expect(line).toMatch(
        /^::(?:error|warning|notice) file=[^:,\s]*[^:,]*,line=\d+,(?:endLine=\d+,)?(?:col=\d+,endColumn=\d+,)?title=[\w/-]+::[^\n\r]*$/,
      );
      expect(line.replace(/%(?:25|0A|0D|3A|2C)/g, '')).not.toContain('%');
    }
  });

  test('teamcity: every message is our own', () => {
    for (const line of print('teamcity').trimEnd().split('\n').slice(0, -2))
      expect(line).toMatch(/^##teamcity\[\w+( \w+='([^|'[\]\n\r]|\|['|[\]nr]|\|0x[0-9a-f]{4})*')+\]$/);
  });

  test.each(['json', 'sarif', 'gitlab'])('%s is JSON of well-formed text', (format) => {
    for (const text of strings(JSON.parse(print(format)))) expect(text.isWellFormed()).toBe(true);
  });

  test('ndjson has an object a line', () => {
    for (const line of print('ndjson').trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('type');
  });

  test.each(['junit', 'checkstyle'])('%s is XML that counts as many findings', (format) => {
    expect(XMLValidator.validate(print(format))).toBe(true);
    const tag = format === 'junit' ? 'testcase' : 'error';
    const parsed = JSON.stringify(new XMLParser({ ignoreAttributes: false, isArray: (name) => name === tag }).parse(print(format)));
    expect(parsed).not.toMatch(/"(?:x|script|img)":/);
    expect(print(format).match(new RegExp(`<${tag} `, 'g'))?.length).toBeGreaterThanOrEqual(result.findings.length);
  });

  test('tap: a point a finding, with details that are YAML', () => {
    const text = print('tap');
    const plan = Number(/^1\.\.(\d+)$/m.exec(text)?.[1]);
    expect(text.match(/^(?:not )?ok \d+ - /gm)).toHaveLength(plan);
    expect(text).not.toMatch(/^(?:not )?ok .*(?<!\\)#/m);
    for (const [, block] of text.matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm)) expect(parse(block ?? '')).toHaveProperty('severity');
  });

  test('markdown: no markup, link, mention or reference of a config', () => {
    const text = print('markdown');
    expect(text.isWellFormed()).toBe(true);
    const outside = text
      .replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '')
      .replace(/\]\(https:[^)]*\)/g, ']');
    expect(outside.replace(/<\/?(?:details|summary)>/g, '')).not.toMatch(/<|@team|#1\b|:\/\/e\.example|(?<!\\)\]\(|(?<!\\)!\[/);
  });

  test('the simulation, the model and --debug are calm', () => {
    for (const network of result.networks) {
      const results = simulate(network, singleFaults(network));
      const matrix = [...faultMatrix(network.services, results, { colour: false, width: 100, all: true })].join('');
      expectCalm(matrix);
      expect(matrix).not.toMatch(/^\s*::[\w-]+.*::/m);
      const json = [...simulationJson(network.services, results)].join('');
      expectCalm(json);
      expect(JSON.parse(json)).toHaveProperty('faults');
    }
    expectCalm(jsonText(modelJson(result)));
    expectCalm(debugLines(result).join('\n'));
  });
});

test('the command line steers nobody either', async () => {
  const folder = folderWith({});
  const name = '\u001b[31m\n::error::x\n##vso[task.x]y.cfg';
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), filesWith('x')[2]?.text ?? '');
  for (const args of [
    ['lint', '.'],
    ['lint', '.', '--strict-parse', '--debug', '--format', 'compact'],
    ['lint', `${name}z`],
    ['lint', '.', '--format', `${name}`],
    ['lint', '.', '--config', name],
    ['lint', '.', '--baseline', name],
    ['model', '.', '--debug'],
    ['simulate', '.', '--all'],
    ['simulate', '.', '--fault', name],
    ['fix', '.'],
    ['baseline', '.', '-o', `${name}.json`],
    ['explain', name],
    [name],
  ]) {
    const { out, err } = await runCli(args, folder);
    for (const text of [out, err]) {
      expect({ args, text: STEERING.exec(text) && text }).toEqual({ args, text: null });
      expect(text).not.toMatch(/^\s*::[\w-]+.*::/m);
    }
  }
});
