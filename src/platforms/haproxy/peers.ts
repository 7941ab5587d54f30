import { byDefault, stated } from '../../model/fact.ts';
import type { Peer, Peering } from '../../model/peering.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { readAddress } from './address.ts';
import { type Context, entityAt, isKnown, lastLine, MANUAL, present, sectionsOf } from './proxy.ts';

/** Addresses to listen on that tell nobody where to go. */
const NOWHERE = /^(?:0\.0\.0\.0|127\..*|::1?)$/;

/** A peers section: who shares stick tables (section 3.5). The local peer is named by `localpeer`, else by the host. */
export function readPeers(section: Statement, context: Context): Peering {
  const entries = section.children.filter((line) => line.words[0] === 'peer' || line.words[0] === 'server');
  const known = entries.filter((line) => !line.maybe && isKnown(line.words[1]));
  const local = localPeer(context);
  const bound = section.children.some((line) => line.words[0] === 'bind');
  // Beside `bind`, the one entry without an address is this host's own.
  const unaddressed = bound ? known.filter((line) => line.words[2] === undefined) : [];
  const self =
    known.find((line) => line.words[1] === local?.words[1]) ??
    (unaddressed.length === 1 ? unaddressed[0] : undefined) ??
    (local ? undefined : known.find((line) => line.words[1]?.split('.')[0] === context.device));
  const own = self && readPeer(self, context);
  const off = lastLine(section.children, 'disabled');
  const table = context.sections
    .flatMap((s) => s.children)
    .find((line) => line.words[0] === 'stick-table' && line.words.includes(section.words[1] ?? ''));
  return {
    ...entityAt(section, context),
    kind: 'haproxy-peers',
    name: section.words[1] ?? '',
    peers: known.filter((line) => line !== self).map((line) => readPeer(line, context)),
    heartbeats: [],
    enabled: off && !off.maybe ? stated(false, placeOfHead(off)) : byDefault(true, MANUAL),
    ...(known.length < entries.length ? { open: ['peers'] } : {}),
    ...present({
      self: self ? stated(self.words[1] ?? '', placeOfWord(self, 1)) : local && stated(local.words[1] ?? '', placeOfWord(local, 1)),
      selfAddress: own?.address && NOWHERE.test(own.address.value) ? undefined : own?.address,
      selfPort: own?.port,
      selfListed: self
        ? stated(true, placeOfHead(self))
        : local && known.length === entries.length
          ? stated(false, placeOfHead(section))
          : undefined,
      extra: { entries: stated(entries.length, placeOfHead(section)), ...(table ? { used: stated(true, placeOfHead(table)) } : {}) },
    }),
  };
}

/** The `localpeer` line of a global section, where it says a name. */
function localPeer(context: Context): Statement | undefined {
  const s = sectionsOf(context, 'global')
    .flatMap((section) => section.children)
    .findLast((line) => line.words[0] === 'localpeer');
  return s && !s.maybe && isKnown(s.words[1]) ? s : undefined;
}

function readPeer(line: Statement, context: Context): Peer {
  const address = readAddress(line.words[2] ?? '');
  return {
    ...entityAt(line, context),
    name: line.words[1] ?? '',
    ...present({
      address: address.host === undefined || address.host === '*' ? undefined : stated(address.host, placeOfWord(line, 2)),
      port: address.port === undefined ? undefined : stated(address.port, placeOfWord(line, 2)),
    }),
  };
}
