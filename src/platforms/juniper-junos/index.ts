import type { Platform } from '../platform.ts';
import { parse } from './parse.ts';
import { hostnameOf, read } from './read.ts';
import { recognise } from './recognise.ts';

/** Junos OS: MX, EX, QFX, SRX; the configuration in braces or as `set` commands. */
export const juniperJunos: Platform = {
  id: 'juniper-junos',
  title: 'Juniper Junos OS',
  comment: '#',
  recognise,
  parse,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
