import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import glob from 'fast-glob';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import type { Finding } from '../../src/rules/finding.ts';

const root = join(__dirname, '../../fixtures/platforms');
const { rules } = readRuleFolder(join(__dirname, '../../rules'));

/** What halint says of the configs in a folder; `all`: the pedantic rules, too. */
function found(folder: string, all: boolean): readonly Finding[] {
  const files = glob.sync('**/*', { cwd: join(root, folder), absolute: true, ignore: ['**/README.md'] });
  const texts = files.map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
  return lintTexts(texts, { platforms: PLATFORMS, rules, settings: { all } }).findings;
}

const folders = glob.sync('*/{good,bad}*', { cwd: root, onlyDirectories: true }).sort();

test.each(folders.filter((folder) => folder.includes('/good')))('%s: no error and no warning', (folder) => {
  const loud = found(folder, false).filter(({ severity }) => severity !== 'info');
  expect(loud.map(({ rule, at, message }) => `${at.file}:${at.line} ${rule} ${message}`)).toEqual([]);
});

/** Faults that these configs alone do not show: they need the wiring, or what else runs on the host. */
const SILENT: readonly string[] = [
  'arista-eos/bad-mlag-number', // which port goes to which neighbour
  'cisco-ios/bad-portfast-on-trunk', // that a load balancer is behind the port
  'keepalived/bad-dies-with-peer', // that the cable goes straight to the peer
  'keepalived/bad-empty-peers', // the daemon goes on with multicast and only says so
];

const said = ({ rule, message }: Finding): string => `${rule} ${message}`;

/** What pedantic rules say of the good configs, too. */
const pedantries = new Set(folders.filter((folder) => folder.includes('/good')).flatMap((folder) => found(folder, true).map(said)));

/** Faults that no rule finds yet: nothing is said of them that is not said of good configs, too. */
const MISSED: readonly string[] = [
  'cisco-nxos/bad-orphan-port', // needs the wiring
  'cisco-nxos/bad-vpc-number', // needs the wiring
  'haproxy/bad-backups-one-at-a-time', // a database, of which one at a time is what is mostly wanted
  'haproxy/bad-nobody-listens', // a daemon that is not shown here, or the servers' gateway, may be on the address
];

test.each(folders.filter((folder) => folder.includes('/bad')))('%s: something is found', (folder) => {
  if (SILENT.includes(folder)) expect(found(folder, false)).toEqual([]);
  else expect(found(folder, true).every((finding) => pedantries.has(said(finding)))).toBe(MISSED.includes(folder));
});

/** Rules and lines that comments of a config announce: `# finds ID, ID` stands above the line. */
function announced(folder: string): string[] {
  return glob.sync('**/*', { cwd: join(root, folder), absolute: true }).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const ids = /^\s*# finds (.+)$/.exec(line)?.[1];
        return ids ? ids.split(', ').map((id) => `${relative(root, file)}:${index + 2} ${id}`) : [];
      }),
  );
}

test.each(folders.filter((folder) => folder.endsWith('/bad-large')))(
  '%s: found is what its comments announce, and nothing else',
  (folder) => {
    const loud = found(folder, false).filter(({ severity }) => severity !== 'info');
    const lines = new Set(loud.map(({ rule, at }) => `${at.file}:${at.line} ${rule}`));
    expect([...lines].sort()).toEqual(announced(folder).sort());
  },
);
