import type { Device } from '../../model/device.ts';
import type { Entity, Secret } from '../../model/entity.ts';
import type { Place } from '../../model/fact.ts';
import type { VlanRange } from '../../model/interface.ts';
import type { Lookup } from '../lookup.ts';

/** A field as an expression sees it: its CEL type, and a sentence on what it holds. Derived fields add how it is found. */
export interface Word {
  readonly type: string;
  readonly doc: string;
  /** Takes the model's own objects and returns them; undefined is unknown. Absent: the field of that name is read. */
  readonly derive?: (self: object, lookup: Lookup) => unknown;
}

/** A kind of thing that rules can ask about. */
export interface Words {
  readonly doc: string;
  readonly fields: Readonly<Record<string, Word>>;
}

type Unwrapped<F> = F extends Entity | Device ? F : F extends { readonly value: infer V } ? V : F;

/** The CEL type that a field of the model must be given; an entity's or list's name is not checked further. */
type CelOf<F> = [F] extends [string]
  ? 'string'
  : [F] extends [number]
    ? 'int'
    : [F] extends [boolean]
      ? 'bool'
      : [F] extends [Secret]
        ? 'Secret'
        : [F] extends [Place]
          ? 'Place'
          : [F] extends [readonly VlanRange[]]
            ? 'list<VlanRange>'
            : [F] extends [readonly (infer E)[]]
              ? `list<${CelOf<Unwrapped<E>>}>`
              : [F] extends [Entity]
                ? Capitalize<string>
                : string;

/** One entry for each field of the model's type, `[CEL type, what it holds]`: a field without one is a compile error. `hidden` keeps it from rules. */
type OwnWords<T> = {
  readonly [K in Exclude<keyof T, 'at' | 'open' | 'device' | 'platform'>]-?: readonly [
    CelOf<Unwrapped<NonNullable<T[K]>>> | 'hidden',
    string,
  ];
};

/** `[CEL type, what it holds, how it is found]`. */
type DerivedWords<T> = Readonly<Record<string, readonly [string, string, (self: T, lookup: Lookup) => unknown]>>;

/** The vocabulary of a thing that is no entity of one device: a group, a link, a device itself. */
export function things<T extends object>(doc: string, own: OwnWords<T>, derived: DerivedWords<T> = {}): Words {
  const fields: Record<string, Word> = {};
  for (const [name, entry] of Object.entries(own)) {
    const [type, text] = entry as readonly [string, string];
    if (type !== 'hidden') fields[name] = { type, doc: text };
  }
  for (const [name, [type, text, derive]] of Object.entries(derived)) {
    fields[name] = { type, doc: text, derive: derive as Word['derive'] & object };
  }
  return { doc, fields };
}

/** The vocabulary of an entity of the model, with what every entity has. */
export function entity<T extends Entity>(doc: string, own: OwnWords<T>, derived: DerivedWords<T> = {}): Words {
  const words = things<T>(doc, own, derived);
  return {
    doc,
    fields: {
      device: { type: 'string', doc: 'Name of the device whose config says it' },
      platform: { type: 'string', doc: 'Platform that the config is written for' },
      owner: { type: 'Device', doc: 'The device whose config says it', derive: (self, lookup) => lookup.device((self as Entity).device) },
      place: { type: 'Place', doc: 'File and line where it stands', derive: (self) => (self as Entity).at },
      ...words.fields,
    },
  };
}

/** The first line of what may be a long block, for findings on what it lacks as a whole. */
export function firstLine({ at }: Entity): Place {
  return at.endLine === at.line ? at : { ...at, endLine: at.line, endColumn: at.column + 1 };
}
