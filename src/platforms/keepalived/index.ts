import type { Source } from '../../syntax/source.ts';
import type { Platform } from '../platform.ts';
import { parse } from './parse.ts';
import { hostnameOf, read } from './read.ts';
import { recognise } from './recognise.ts';

/** keepalived: VRRP and LVS on Linux, `keepalived.conf`. */
export const keepalived: Platform = {
  id: 'keepalived',
  title: 'keepalived',
  comment: '#',
  host: 'daemons',
  recognise,
  parse,
  hostname: (source) => hostnameOf(source.statements.filter((s) => s.words[0] === 'global_defs')),
  extent,
  read,
};

/** A file of a `conf.d` folder, or without anything but scripts and servers, belongs to a main file beside it. */
function extent(source: Source): 'main' | 'part' {
  if (
    /(?:^|\/)[^/]*(?:\.d|conf\.d|includes?|instances|vrrp|scripts)\/[^/]+$/.test(source.path) &&
    !/(?:^|\/)keepalived[^/]*\.conf[^/]*$/.test(source.path)
  )
    return 'part';
  return source.statements.some((s) => /^(?:global_defs|vrrp_instance|include[rmwba]?)$/.test(s.words[0] as string)) ? 'main' : 'part';
}
