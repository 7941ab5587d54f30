import { wrap } from '../../reporters/wrap.ts';
import type { Linted } from '../lint-once.ts';

/** Where the schema of the project file is published. */
const SCHEMA = 'https://raw.githubusercontent.com/halint/halint/main/schemas/halint.schema.json';

/** Devices and rules beyond these say no more about how to write them. */
const SHOWN = 12;

/** A project file for what a first run found: what is in force stands bare, what may be wanted stands commented. */
export function projectText(linted: Linted): string {
  return [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What halint is to know of this repo. Everything is optional; docs/project-file.md tells it all.',
    '',
    '# halint:all adds rules that are right and that not everybody wants.',
    'extends: halint:recommended',
    '',
    '# The least severity that fails the run: error, warning, info or never.',
    'failOn: error',
    '',
    ...filesPart(linted),
    '',
    ...devicesPart(linted),
    '',
    ...topologyPart(linted),
    '',
    ...rulesPart(linted),
    '',
    '# Findings to keep back, each with its reason; rule, device and path narrow it down.',
    '# ignore:',
    "#   - {rule: topology/pair-on-one-switch, device: lb1, reason: second switch is ordered, until: '2027-03-31'}",
    '',
    '# Rules of your own, written as halint writes its own (docs/writing-rules.md).',
    '# rulesDir: halint-rules',
    '',
  ].join('\n');
}

function filesPart({ report }: Linted): string[] {
  const known = report.files.filter(({ platform }) => platform);
  const platforms = [...counted(known.map(({ platform }) => platform ?? ''))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([platform, count]) => `${count} ${platform}`);
  return [
    '# Which files to look at, as globs relative to this file. Without it all that halint reads, today',
    ...wrap(`${platforms.join(', ')}; halint --debug says what each file was taken for.`, 110, 0)
      .split('\n')
      .map((line) => `# ${line}`),
    '# include: [network/**]',
    "# exclude: ['**/archive/**']",
  ];
}

function devicesPart({ networks }: Linted): string[] {
  const devices = networks().flatMap((network) => network.devices);
  const lines = devices.slice(0, SHOWN).map(({ name, files }) => `#   ${quoted(name)}: {files: [${files.map(quoted).join(', ')}]}`);
  return [
    '# Which files make which device. halint took them as follows; only what is wrong here needs an entry.',
    '# devices:',
    ...(lines.length > 0 ? lines : ["#   lb1: {files: 'lb1/*'}"]),
    ...more(devices.length),
  ];
}

function topologyPart({ networks }: Linted): string[] {
  const links = networks().flatMap((network) => network.links);
  const told = [...counted(links.map(({ evidence }) => evidence))].map(([evidence, count]) => `${count} by ${evidence}`).join(', ');
  return [
    links.length > 0
      ? `# Cables. halint knows ${links.length} (${told}); those that it does not know:`
      : '# Cables. halint knows none yet, and stays silent on all that depends on them. A containerlab topology, LLDP or CDP',
    ...(links.length > 0
      ? []
      : ['# output (core1-lldp.txt) beside the configs or descriptions that name a neighbour and its port do as well.']),
    '# topology:',
    '#   nodes:',
    '#     sw1: {kind: bridge}      # a switch without a config here',
    '#   links:',
    "#     - endpoints: ['lb1:eth0', 'sw1:1']",
  ];
}

function rulesPart({ report }: Linted): string[] {
  const found = [...counted(report.findings.map(({ rule }) => rule))].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const lines = found.slice(0, SHOWN).map(([rule, count]) => `#   ${rule}: warning    # found ${count === 1 ? 'once' : `${count} times`}`);
  return [
    '# What weighs more or less here than for everyone: error, warning, info, off.',
    '# rules:',
    ...(lines.length > 0 ? lines : ['#   monitor/missing: warning']),
    ...more(found.length),
  ];
}

/** How often each word occurs, in the order in which they first do. */
function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function more(count: number): string[] {
  return count > SHOWN ? [`# and ${count - SHOWN} more`] : [];
}

/** A name as YAML's flow style takes it, whatever is in it. */
function quoted(text: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
