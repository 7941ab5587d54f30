import type { Secret } from '../model/entity.ts';
import { type Fact, stated } from '../model/fact.ts';
import { type ConfigNode, wordPlace } from '../syntax/config-tree.ts';
import { isUnknown } from '../syntax/template.ts';
import { sealed } from './entity.ts';

/* Facts out of a configuration that is a tree of words (Junos, VyOS). */

/** The fact that a word states; unknown where it is missing, a placeholder, or behind a template's condition. */
export function nodeFact(node: ConfigNode | undefined): Fact<string> | undefined {
  return node && isPlain(node) ? stated(node.word, wordPlace(node)) : undefined;
}

/** Whether a word is there for sure and says what it says: no placeholder, no shell variable, no condition. */
export function isPlain(node: ConfigNode): boolean {
  return !node.maybe && !isUnknown(node.word) && !node.word.includes('$');
}

/** A number in decimal; `scale` turns the vendor's unit into the model's. */
export function nodeNumber(node: ConfigNode | undefined, scale = 1): Fact<number> | undefined {
  const fact = nodeFact(node);
  if (!node || !fact || !/^\d{1,9}(\.\d{1,3})?$/.test(fact.value)) return undefined;
  return stated(Math.round(Number(fact.value) * scale), wordPlace(node));
}

/** A value that the presence of a word states. */
export function nodeFlag<T>(node: ConfigNode | undefined, value: T): Fact<T> | undefined {
  return node && isPlain(node) ? stated(value, wordPlace(node)) : undefined;
}

/** A password or key, kept only so that it can be compared; `***` and the like are what somebody put in its place. */
export function nodeSecret(node: ConfigNode | undefined): Fact<Secret> | undefined {
  const fact = nodeFact(node);
  if (!fact || /^(?:\*+|<.*>|x+|redacted)$/i.test(fact.value)) return undefined;
  return { ...fact, value: sealed(fact.value) };
}

/** The fields of an object whose values are there. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** An address and its prefix length, `192.0.2.1/24`; undefined where the text is none. */
export function splitCidr(text: string): { address: string; prefix?: number } | undefined {
  const [address = '', prefix] = text.split('/');
  if (!/^[\da-f:.]{2,45}$/i.test(address) || !/[.:]/.test(address)) return undefined;
  return prefix !== undefined && /^\d{1,3}$/.test(prefix) ? { address, prefix: Number(prefix) } : { address };
}
