import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import glob from 'fast-glob';
import { estate } from '../../bench/estate.ts';
import { mixedText } from '../../bench/text.ts';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { partsOf } from '../../src/lint/parts.ts';
import { survey } from '../../src/lint/survey.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const root = join(__dirname, '../../fixtures');
const { rules } = readRuleFolder(join(__dirname, '../../rules'));

/** The texts under a folder of the fixtures; `flat`: with no topology of their own, so that all are one network. */
function textsUnder(folder: string, flat = false): InputText[] {
  return glob
    .sync('**/*', { cwd: join(root, folder), absolute: true, ignore: ['**/README.md', ...(flat ? ['**/*.clab.yml'] : [])] })
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
}

/** The same estate under another folder: other hosts of the same names and addresses. */
function twice(texts: readonly InputText[]): InputText[] {
  return ['a', 'b'].flatMap((site) => texts.map(({ path, text }) => ({ path: `${site}/${path}`, text })));
}

const networks: Readonly<Record<string, readonly InputText[]>> = {
  'the incidents, each a network of its own': textsUnder('incidents'),
  'the incidents as one network without wiring': textsUnder('incidents', true),
  'the configs of all platforms as one network': textsUnder('platforms', true),
  'two sites with the same names and addresses': twice(textsUnder('incidents', true)),
  'pods of switches and load balancers': estate(60),
  'long configs of several vendors': mixedText(6000, 300),
};

test.each(Object.entries(networks))('%s: read in parts, they have the same findings', (_, texts) => {
  const options = { platforms: PLATFORMS, rules, settings: { all: true } };
  const whole = lintTexts(texts, { ...options, atATime: Number.POSITIVE_INFINITY });
  const inParts = lintTexts(texts, { ...options, atATime: 1 });
  expect(inParts.findings).toEqual(whole.findings);
  expect({ ...inParts, networks: [] }).toEqual({ ...whole, networks: [] });
});

test('a device that is only half known may be the peer of any other, in whatever part it is', () => {
  const peer = 'global_defs {\n    router_id lb1\n}\n';
  const texts = [
    { path: 'lb1/haproxy.cfg', text: 'peers lbs\n    peer lb1 192.0.2.1:1024\n    peer lb2 192.0.2.2:1024\n' },
    { path: 'lb1/keepalived.conf', text: peer },
    { path: 'other/haproxy.cfg', text: 'peers others\n    peer x 198.51.100.1:1024\n    "' },
  ];
  const options = { platforms: PLATFORMS, rules, settings: { all: true } };
  const whole = lintTexts(texts, { ...options, atATime: Number.POSITIVE_INFINITY }).findings;
  expect(whole.map(({ rule }) => rule)).toContain('config/syntax');
  expect(lintTexts(texts, { ...options, atATime: 1 }).findings).toEqual(whole);
});

test('pods that share nothing are looked at one by one', () => {
  const texts = estate(60);
  const parts = partsOf(survey(texts, { platforms: PLATFORMS }), { atATime: 1 });
  expect(parts.map(({ hosts }) => hosts.map(({ name }) => name.split('-')[0]).filter((pod, i, all) => all.indexOf(pod) === i))).toEqual(
    [0, 1, 2, 3, 4, 5].map((pod) => [`pod${pod}`]),
  );
});
