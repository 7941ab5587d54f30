import type { Statement } from '../../syntax/statement.ts';

/** Property names that begin a new property within one line. Names, values and list items are never among them. */
const KEYS: ReadonlySet<string> = new Set(
  `action active-bonus address allow-service arp auto-failback-enabled auto-failback-time auto-sync clientside configsync-ip context
  default default-device defaults-from description destination devices effective-ip effective-port failover-method failsafe
  failsafe-action failsafe-timeout floating fqdn full-load-on-sync gateway-failsafe-device gw ha-group ha-load-factor ha-order hostname
  icmp-echo interfaces interval ip ip-protocol lacp lacp-mode lacp-timeout load-balancing-mode management-ip mask members min-active-members
  min-up-members min-up-members-action min-up-members-checking minimum-threshold mirror mirror-ip mirror-secondary-ip monitor mtu multicast-interface
  multicast-ip multicast-port name network network-failover partition persist persistence pool pools port priority-group profiles ratio recv recv-disable
  rules save-on-auto-sync self-device send servers session snat source source-address-translation state sufficient-threshold
  tag threshold time-until-up timeout timezone traffic-group translate-address translate-port trunks type unicast-address
  up-interval value version vlan vlans vlans-enabled vlans-disabled weight`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Properties that are whole in one word. */
const FLAGS: ReadonlySet<string> = new Set([
  'enabled',
  'disabled',
  'tagged',
  'untagged',
  'vlans-enabled',
  'vlans-disabled',
  'ip-forward',
  'reject',
]);

/** Splits a statement that holds several properties (`weight 10 threshold 2`); a block stays with the last. */
export function splitPairs(s: Statement, parent = s.parent): Statement[] {
  const starts = [0];
  for (let i = 1; i < s.words.length; i++) {
    const word = s.words[i] as string;
    const previous = starts.at(-1) as number;
    const complete = i - previous >= 2 || FLAGS.has(s.words[previous] as string);
    if (complete && (KEYS.has(word) || FLAGS.has(word))) starts.push(i);
  }
  if (starts.length === 1) return [s];
  return starts.map((from, n) => piece(s, from, starts[n + 1] ?? s.words.length, parent));
}

/** Words `from` to `to` of a statement as one of their own; its block only where the words reach the end. */
export function piece(s: Statement, from: number, to: number, parent: Statement | undefined): Statement {
  const last = to === s.words.length;
  return {
    words: s.words.slice(from, to),
    columns: s.columns.slice(from, to),
    ends: s.ends.slice(from, to),
    ...(s.lines ? { lines: s.lines.slice(from, to) } : {}),
    file: s.file,
    line: s.lines?.[from] ?? s.line,
    column: s.columns[from] ?? s.column,
    endLine: last ? s.endLine : (s.lines?.[to - 1] ?? s.line),
    endColumn: last ? s.endColumn : (s.ends[to - 1] ?? s.endColumn),
    children: last ? s.children : [],
    ...(parent ? { parent } : {}),
    ...(s.maybe ? { maybe: true } : {}),
  };
}
