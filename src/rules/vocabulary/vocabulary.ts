import { balancing } from './balancing.ts';
import { devices } from './device.ts';
import { interfaces } from './interface.ts';
import { networks } from './network.ts';
import { peerings } from './peering.ts';
import { redundancy } from './redundancy.ts';
import { simulations } from './simulation.ts';
import type { Words } from './words.ts';

const TOPICS = { ...devices, ...interfaces, ...redundancy, ...peerings, ...balancing, ...networks, ...simulations };

/** Name of a kind of thing that expressions can meet, as a rule's `for` and variables spell it. */
export type WordName = keyof typeof TOPICS;

/** Everything an expression can ask about. */
export const VOCABULARY: Readonly<Record<WordName, Words>> = TOPICS;

/** The kinds that a rule cannot be `for`: they only occur as parts of others. */
const PARTS: readonly WordName[] = ['place', 'vlanRange', 'linkEnd', 'heartbeatPath', 'faultReason'];

/** The kinds that a rule can be `for`. */
export const SUBJECTS: readonly WordName[] = (Object.keys(TOPICS) as WordName[]).filter((name) => !PARTS.includes(name));

/** `poolMember` as a CEL type: `PoolMember`. */
export function typeName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `PoolMember` back to `poolMember`; undefined where it is not in the vocabulary. */
export function wordName(type: string): WordName | undefined {
  const name = type.charAt(0).toLowerCase() + type.slice(1);
  return Object.hasOwn(TOPICS, name) ? (name as WordName) : undefined;
}
