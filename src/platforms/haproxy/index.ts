import type { Source } from '../../syntax/source.ts';
import type { Platform } from '../platform.ts';
import { parse } from './parse.ts';
import { isFragment, read } from './read.ts';
import { recognise } from './recognise.ts';

/** HAProxy, `haproxy.cfg`. */
export const haproxy: Platform = {
  id: 'haproxy',
  title: 'HAProxy',
  comment: '#',
  host: 'daemons',
  recognise,
  parse,
  // `localpeer` and `node` name a peer and a host of the statistics page, not the host.
  hostname: () => undefined,
  extent,
  read,
};

/** A file of a `conf.d` folder, or without `global` and `defaults`, belongs to others that are read with it (`-f` several times). */
function extent(source: Source): 'main' | 'part' {
  if (/(?:^|\/)(?:conf\.d|haproxy\.d|[^/]+\.d|frontends|backends|includes?|parts|sites(?:-enabled)?)\/[^/]+$/.test(source.path))
    return 'part';
  return isFragment(source.statements) ? 'part' : 'main';
}
