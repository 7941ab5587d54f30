import type { Setting } from '../../model/device.ts';
import { stated } from '../../model/fact.ts';
import type { LineGrammar } from '../../syntax/lines.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';

/** A line of sysctl.conf(5): `net.ipv4.ip_nonlocal_bind = 1`; the blanks around `=` are free, a leading `-` ignores errors. */
const LINE = /^-?((?:net|kernel|vm|fs)[./][\w./-]+)=(.*)$/;

/** Each line of sysctl.conf(5) stands alone; comments begin a line. */
export const SYSCTL: LineGrammar = { comments: '#;', commentsOnlyAtStart: true, quotes: '', escapes: false };

/** Whether a text is a sysctl file: every line that says something assigns a kernel parameter. */
export function isSysctl(text: string): boolean {
  const lines = text.split('\n').filter((line) => /^\s*[^#;\s]/.test(line));
  return lines.length > 0 && lines.every((line) => LINE.test(line.replace(/\s+/g, '')));
}

/** Reads that kernel parameters are shown here (`sysctl`), and what lets a daemon bind an address that is elsewhere (ip-sysctl: ip_nonlocal_bind, off by default). */
export function readSysctl(statements: readonly Statement[], device: string): Setting[] {
  const first = statements[0];
  const seen: Setting[] = first
    ? [{ at: placeOfStatement(first), device, platform: 'linux-network', name: 'sysctl', value: stated(true, placeOfStatement(first)) }]
    : [];
  return [
    ...seen,
    ...statements.flatMap((statement): Setting[] => {
      const [, key = '', value = ''] = LINE.exec(statement.words.join('')) ?? [];
      const name = NAMES[key.replaceAll('/', '.')];
      statement.use = name ? 'read' : 'ignored';
      if (name === undefined || statement.maybe) return [];
      const at = placeOfStatement(statement);
      return [{ at, device, platform: 'linux-network', name, value: stated(value === '1', at) }];
    }),
  ];
}

const NAMES: Readonly<Record<string, string>> = table({
  'net.ipv4.ip_nonlocal_bind': 'nonlocal-bind',
  'net.ipv6.ip_nonlocal_bind': 'nonlocal-bind-ipv6',
  'net.ipv4.ip_forward': 'ip-forward',
});
