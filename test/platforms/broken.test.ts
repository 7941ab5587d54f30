import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import glob from 'fast-glob';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { analyse, type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { picker } from '../picker.ts';

/*
 * A file that is cut off, or whose brace or quote is never closed, says less than it should. halint tells that, and must
 * not take the half that is left for the whole.
 */

const root = join(__dirname, '../../fixtures/platforms');
const { rules } = readRuleFolder(join(__dirname, '../../rules'));

const options = { platforms: PLATFORMS, rules, settings: { all: true } };

function found(texts: readonly InputText[]): ReadonlySet<string> {
  const { findings } = lintTexts(texts, options);
  return new Set(findings.filter(({ rule }) => rule !== 'config/syntax').map(({ rule, at }) => `${rule} ${at.file}:${at.line}`));
}

/** Whether a text shows that it is not whole: one that ends between two statements does not. */
function showsBreak(text: InputText): boolean {
  return analyse([text], options).diagnostics.some(({ kind, clear }) => kind === 'syntax' && !clear);
}

/** Ways of breaking a text at a place. */
const BREAKS: Readonly<Record<string, (text: string, at: number) => string>> = {
  'cut off': (text, at) => text.slice(0, at),
  'cut off after a line': (text, at) => text.slice(0, text.indexOf('\n', at) + 1),
  'without a brace': (text, at) => text.slice(0, at) + text.slice(at).replace(/[{}]/, ' '),
  'without a quote': (text, at) => text.slice(0, at) + text.slice(at).replace(/["']/, ' '),
};

/** How often each is tried on a folder; 150 found nothing more. */
const TRIES = 4;

const folders = glob.sync('*/good*', { cwd: root, onlyDirectories: true }).sort();

test.each(folders)('%s, broken, is not found to be worse than it is', (folder) => {
  const files = glob.sync('**/*', { cwd: join(root, folder), absolute: true, ignore: ['**/README.md'] }).sort();
  const texts = files.map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
  const pick = picker(folder.length * 7919);
  let before: ReadonlySet<string> | undefined;
  for (const [how, breakAt] of Object.entries(BREAKS)) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const target = texts[pick(texts.length)] as InputText;
      const at = pick(target.text.length);
      const broken = { path: target.path, text: breakAt(target.text, at) };
      if (!showsBreak(broken)) continue;
      before ??= found(texts);
      const where = `${how}, ${target.path}:${target.text.slice(0, at).split('\n').length}`;
      const worse = [...found(texts.map((one) => (one === target ? broken : one)))].filter((one) => !before?.has(one));
      expect(worse.map((one) => `${one} (${where})`)).toEqual([]);
    }
  }
});

test('what is surely wrong in a broken file is still found', () => {
  const text = [
    'vrrp_instance VI_1 {',
    '    interface eth0',
    '    virtual_router_id 51',
    '    priority 150',
    '    virtual_ipaddress {',
    '        192.0.2.10/24',
    '    }',
    '    track_interface {',
  ].join('\n');
  const other = text.replace('51', '52').replace('150', '100').replace('track_interface {', '').concat('}\n');
  const rulesOf = (own: string) => [
    ...found([
      { path: 'lb1/keepalived.conf', text: own },
      { path: 'lb2/keepalived.conf', text: other },
    ]),
  ];
  expect(rulesOf(text)).toContain('peer/id-mismatch lb2/keepalived.conf:3');
});

test('a quote that lacks its other one makes of no traffic group another', () => {
  const read = (path: string) => ({ path, text: readFileSync(join(root, 'f5-do/good', path), 'utf8') });
  const [one, other] = [read('fra-adc1/do.json'), read('fra-adc2/do.json')];
  const before = found([one, other]);
  for (const broken of ['"trafficGroup":  traffic-group-1"', '"trafficGroup": "traffic-group-1 ']) {
    const text = one.text.replaceAll('"trafficGroup": "traffic-group-1"', broken);
    expect(text).not.toBe(one.text);
    expect([...found([{ ...one, text }, other])].filter((finding) => !before.has(finding))).toEqual([]);
  }
});
