import { table } from '../../syntax/table.ts';

interface Section {
  /** HAProxy refuses it without a name. */
  readonly named?: true;
  /** What stands in it is of no concern to HA. */
  readonly ignored?: true;
}

/** Words that begin a section wherever they begin a line (chapters 3, 4 and 12 of the manual); indentation means nothing to HAProxy. */
export const SECTIONS: Readonly<Record<string, Section>> = table({
  global: {},
  defaults: {},
  frontend: { named: true },
  backend: { named: true },
  listen: { named: true },
  peers: { named: true },
  resolvers: { named: true, ignored: true },
  userlist: { named: true, ignored: true },
  mailers: { named: true, ignored: true },
  program: { named: true, ignored: true },
  'http-errors': { named: true, ignored: true },
  ring: { named: true, ignored: true },
  'log-forward': { named: true, ignored: true },
  cache: { named: true, ignored: true },
  'fcgi-app': { named: true, ignored: true },
  'log-profile': { ignored: true },
  'crt-store': { ignored: true },
  traces: { ignored: true },
  acme: { ignored: true },
  ruleset: { ignored: true },
});
