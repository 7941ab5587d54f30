import type { Link } from '../network/network.ts';

/** A thing whose state an outcome can rest on: a node, a daemon, a link, or what was worked out from such. */
export type Atom = string | Link | object;

/** Notes what each calculation reads, so that it is done again only when something of that changes. */
export interface Trace {
  /** Notes that what is being worked out rests on `atom`. */
  readonly read: (atom: Atom) => void;
  /** Works something out and notes all that it reads as read by `reader`. */
  readonly within: <T>(reader: Atom, work: () => T) => T;
  /** Everything that rests on one of these, directly or through others. */
  readonly restingOn: (atoms: Iterable<Atom>) => ReadonlySet<Atom>;
}

/** The names of atoms. A daemon's death is seen by who watches that daemon, and by scripts that may watch any. */
export const atoms = {
  node: (node: string): Atom => `node ${node}`,
  daemon: (device: string, daemon: string): Atom => `daemon ${device}/${daemon}`,
  anyDaemon: (device: string): Atom => `daemons ${device}`,
  suspended: (port: string): Atom => `suspended ${port}`,
} as const;

/** An empty trace. */
export function newTrace(): Trace {
  const readers = new Map<Atom, Set<Atom>>();
  let reader: Atom | undefined;
  return {
    read: (atom) => {
      if (reader === undefined) return;
      const known = readers.get(atom);
      if (known) known.add(reader);
      else readers.set(atom, new Set([reader]));
    },
    within: (inner, work) => {
      const outer = reader;
      reader = inner;
      try {
        return work();
      } finally {
        reader = outer;
      }
    },
    restingOn: (changed) => {
      const found = new Set<Atom>();
      const stack = [...changed];
      for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
        for (const next of readers.get(atom) ?? []) {
          if (found.has(next)) continue;
          found.add(next);
          stack.push(next);
        }
      }
      return found;
    },
  };
}
