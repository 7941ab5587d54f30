import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const ROOT =
  /^(?:vrrp_(?:instance|script|sync_group|track_process|track_file)|virtual_server(?:_group)?|global_defs|track_file|track_group|bfd_instance|static_(?:ipaddress|routes|rules)|garp_group|interface_up_down_delays|linkbeat_interfaces|net_namespace)\b/;
/** Lines that may stand before the first block: comments, parameters, includes. */
const PREAMBLE = /^(?:[!#$@~]|include[a-z]?\s|[\uE000-\uE002\s]*$)/;

/** A keepalived.conf begins, after comments and parameters, with one of keepalived's blocks. */
export function recognise(source: SourceText): Recognition | undefined {
  let start = 0;
  while (start < source.text.length) {
    let end = source.text.indexOf('\n', start);
    if (end < 0) end = source.text.length;
    const line = source.text.slice(start, Math.min(end, start + 200)).replace(/^[\s\uE001\uE002]+/, '');
    const root = ROOT.exec(line)?.[0];
    if (root !== undefined) return { score: /^(?:vrrp_|global_defs)/.test(root) ? 0.95 : 0.8, why: `has a ${root} block` };
    if (!PREAMBLE.test(line)) return undefined;
    start = end + 1;
  }
  return /(?:^|\/)keepalived[^/]*\.conf/.test(source.path) && /^[ \t]*include/m.test(source.text)
    ? { score: 0.5, why: 'is named keepalived.conf and includes other files' }
    : undefined;
}
