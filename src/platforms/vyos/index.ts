import type { Platform } from '../platform.ts';
import { parse } from './parse.ts';
import { hostnameOf, read } from './read.ts';
import { recognise } from './recognise.ts';

/** VyOS, and Vyatta and its vRouter before it: `config.boot`, or `set` commands. */
export const vyos: Platform = {
  id: 'vyos',
  title: 'VyOS',
  comment: '#',
  recognise,
  parse,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
