import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import glob from 'fast-glob';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { picker } from '../picker.ts';

/*
 * Infra repos hold templates of configs. Whatever value of a good config a template leaves open, halint must not find
 * more than in the config itself: what is not said is unknown.
 */

const root = join(__dirname, '../../fixtures');
const { rules } = readRuleFolder(join(__dirname, '../../rules'));

const folders = glob
  .sync(['platforms/*/good*', 'incidents/*/after', 'incidents/*/*/after'], { cwd: root, onlyDirectories: true, deep: 3 })
  .sort();

const STYLES: readonly (readonly [ending: string, placeholder: string])[] = [
  ['.j2', '{{ value }}'],
  ['.erb', '<%= @value %>'],
  ['.tmpl', '{{ .Value }}'],
];

/** Values that people put into variables: numbers, addresses; never a keyword itself. */
const VALUES = /(?<=[\s:"=/])(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?::\d+)?|\d+(?:s|ms|m)?)(?=[\s;",}\]]|$)/gm;

/** Names of load balancers: behind these words stands what the writer calls something, or one of several ways. */
const NAMES =
  /(?<=\b(?:interface|router_id|state|auth_pass|auth_type|upstream|server_name|(?:proxy|fastcgi|grpc)_pass|zone|localpeer|peer|peers|backend|frontend|listen|default_backend|use_backend|balance|server|mode|resolvers|service|cluster|cluster_name|name|lb_algo|lb_kind|protocol|path):? )(?:"[^"\n]+"|[\w./:@-]+)(?=[ ;,]|$)/gm;

/** What a load balancer's config may be a template of, however deep. */
const BALANCERS = /^platforms\/(?:envoy|haproxy|keepalived|nginx|traefik)\//;

function found(texts: readonly InputText[]): ReadonlySet<string> {
  const { findings } = lintTexts(texts, { platforms: PLATFORMS, rules, settings: { all: true } });
  return new Set(findings.filter(({ severity }) => severity !== 'info').map(({ rule, at }) => `${rule} ${at.line}`));
}

const TRIES = 12;

test.each(folders)('a template of %s is not found to break more than the config', (folder) => {
  const files = glob.sync('**/*', { cwd: join(root, folder), absolute: true, ignore: ['**/README.md'] }).sort();
  const texts = files.map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
  const before = found(texts);
  const pick = picker(folder.length * 7919);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const index = pick(texts.length);
    const target = texts[index];
    if (!target || (/\.(?:ya?ml|json)$/.test(target.path) && !BALANCERS.test(target.path))) continue;
    const values = [...target.text.matchAll(VALUES), ...(BALANCERS.test(target.path) ? target.text.matchAll(NAMES) : [])];
    const value = values[pick(Math.max(1, values.length))];
    const [ending = '', placeholder = ''] = STYLES[pick(STYLES.length)] ?? [];
    if (!value) continue;
    const text = `${target.text.slice(0, value.index)}${placeholder}${target.text.slice(value.index + value[0].length)}`;
    const line = target.text.slice(0, value.index).split('\n').length;
    const after = found(texts.map((one) => (one === target ? { path: `${one.path}${ending}`, text } : one)));
    const by = `once ${target.path}:${line} is ${text.split('\n')[line - 1]?.trim()}`;
    expect([...after].flatMap((one) => (before.has(one) ? [] : [`${one}, ${by}`]))).toEqual([]);
  }
});
