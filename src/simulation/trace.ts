import type { SingleFault } from './fault.ts';

/** A thing whose state an outcome can rest on: a node or daemon by its name, a link, or what was worked out from such. */
export type Atom = string | object;

/** Notes what each calculation reads, so that it is done again only when something of that changes. */
export interface Trace {
  /** Notes that what is being worked out rests on `atom`. */
  readonly read: (atom: Atom) => void;
  /** Works something out and notes all that it reads as read by `reader`. */
  readonly within: <T>(reader: Atom, work: () => T) => T;
  /** Everything that rests on one of these, directly or through others. */
  readonly restingOn: (atoms: Iterable<Atom>) => ReadonlySet<Atom>;
}

/** Whether a node lives. */
export function nodeAtom(node: string): Atom {
  return `node ${node}`;
}

/** Whether one daemon of a device lives; without a name, whether all do. */
export function daemonAtom(device: string, daemon?: string): Atom {
  return daemon === undefined ? `daemons ${device}` : `daemon ${device}/${daemon}`;
}

/** Whether an MLAG domain takes a port (`vertexKey`) down. */
export function suspendedAtom(port: string): Atom {
  return `suspended ${port}`;
}

/** What a fault changes by itself. */
export function atomsOf(part: SingleFault): Atom[] {
  switch (part.kind) {
    case 'none':
      return [];
    case 'node':
      return [nodeAtom(part.node)];
    case 'link':
      return [part.link];
    case 'process':
      return [daemonAtom(part.device, part.daemon), daemonAtom(part.device)];
  }
}

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
