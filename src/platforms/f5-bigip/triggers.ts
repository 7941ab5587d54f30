import { byDefault, type Fact, isStated, placeOf, stated } from '../../model/fact.ts';
import type { Trigger, TriggerEffect } from '../../model/redundancy.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { numberFact } from '../entity.ts';
import { baseName, endpoint, fullPath } from '../f5-names.ts';
import { all, type Context, entity, find } from './context.ts';
import { selfDevice } from './devices.ts';
import { definitionOf, type Entry, entriesOf, type F5Object, flatName, numberOf, propertyOf, switchOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** A device's score in an HA group while all of it is healthy, and what the active unit gets on top. */
export interface Score {
  readonly total: number;
  readonly bonus: Fact<number>;
}

interface Part {
  readonly entry: Entry;
  readonly watches: 'pool' | 'trunk' | 'hardware';
  readonly weight: Fact<number> | undefined;
  readonly minimum: Fact<number> | undefined;
}

/** The parts of an HA group: the pools, trunks and clusters that it scores. */
function partsOf(group: F5Object): Part[] {
  return (['pools', 'trunks', 'clusters'] as const).flatMap((list) =>
    entriesOf(group, list).entries.map((entry): Part => {
      const weight = propertyOf(entry.properties, 'weight');
      const minimum = propertyOf(entry.properties, 'minimum-threshold') ?? propertyOf(entry.properties, 'threshold');
      return {
        entry,
        watches: list === 'pools' ? 'pool' : list === 'trunks' ? 'trunk' : 'hardware',
        weight: weight ? numberFact(weight, 1) : byDefault(10, PAGES.haGroup),
        minimum: minimum && numberFact(minimum, 1),
      };
    }),
  );
}

/** The score of an HA group; undefined where a weight is not known. */
export function scoreOf(group: F5Object): Score | undefined {
  const weights = partsOf(group).map((part) => part.weight?.value);
  if (weights.length === 0 || weights.includes(undefined)) return undefined;
  const bonus = numberOf(group, 'active-bonus') ?? byDefault(10, PAGES.haGroup);
  return { total: weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0), bonus };
}

/** What an HA group watches, as triggers of the traffic groups that use it. */
export function haGroupTriggers(context: Context, group: F5Object): Trigger[] {
  const score = scoreOf(group);
  const off = group.statements.flatMap((s) => s.children).findLast((s) => s.words[0] === 'disabled');
  return partsOf(group).map((part): Trigger => {
    const at = placeOfStatement(part.entry.statement);
    const name = part.watches === 'pool' ? fullPath(part.entry.name) : flatName(part.entry.name);
    const trunk = part.watches === 'trunk' ? find(context, 'net trunk', name) : undefined;
    const ports = trunk ? entriesOf(trunk, 'interfaces').entries.map((e) => e.name) : [];
    // Below its threshold a part takes the whole score to zero: the unit gives up, whatever else it has (13.0 and later).
    const minimum = part.minimum && part.minimum.value > 0 ? part.minimum : undefined;
    const everyPort = minimum !== undefined && ports.length > 0 && minimum.value >= ports.length;
    const weightless = minimum === undefined ? tooLight(part, score) : undefined;
    const reason = off ? 'the HA group is disabled' : weightless;
    const defined = definedPart(context, part, name, trunk);
    return {
      ...entity(context, at),
      watches: part.watches,
      target: name,
      ...(defined === undefined ? {} : { defined }),
      interfaces: part.watches !== 'trunk' ? [] : everyPort ? ports : [name],
      processes: [],
      addresses: [],
      effect: minimum && isStated(minimum) ? stated('fault', minimum.at) : stated('score', at),
      ...(part.weight ? { penalty: part.weight } : {}),
      ...(reason ? { cannotFire: stated(reason, part.weight ? placeOf(part.weight, at) : at) } : {}),
    };
  });
}

function definedPart(context: Context, part: Part, name: string, trunk: F5Object | undefined): boolean | undefined {
  if (part.watches === 'trunk') return trunk !== undefined ? true : context.hasBase ? false : undefined;
  if (part.watches === 'pool') return find(context, 'ltm pool', name) !== undefined ? true : undefined;
  return undefined;
}

/** The loss of the part alone leaves the active unit, with its bonus, no lower than its peer. A score of zero gets no bonus. */
function tooLight(part: Part, score: Score | undefined): string | undefined {
  if (!score || !part.weight) return undefined;
  if (part.weight.value === 0) return 'its weight is 0';
  const left = score.total - part.weight.value;
  if (left === 0 || part.weight.value > score.bonus.value) return undefined;
  return `its weight of ${part.weight.value} is not more than the active bonus of ${score.bonus.value}`;
}

const EFFECTS: Readonly<Record<string, TriggerEffect>> = table({
  failover: 'failover',
  'failover-restart-tm': 'failover',
  'go-offline': 'failover',
  reboot: 'restart',
  'restart-all': 'restart',
  none: 'none',
});

/** VLAN failsafe: the unit acts when it has seen no frame on the VLAN for the timeout (K13297). */
export function vlanTriggers(context: Context): Trigger[] {
  return all(context, 'net vlan').flatMap((vlan): Trigger[] => {
    const failsafe = switchOf(vlan, 'failsafe');
    if (failsafe?.value !== true) return [];
    const at = placeOf(failsafe, placeOfStatement(definitionOf(vlan)));
    const action = textOf(vlan, 'failsafe-action');
    const effect = action ? EFFECTS[action.value] : 'failover';
    return [
      {
        ...entity(context, at),
        watches: 'vlan',
        target: vlan.name,
        defined: true,
        interfaces: [vlan.name],
        processes: [],
        addresses: [],
        effect: action && isStated(action) ? stated(effect ?? 'failover', action.at) : byDefault('failover', PAGES.vlan),
        detection: numberOf(vlan, 'failsafe-timeout', 1000) ?? byDefault(90_000, PAGES.vlan),
      },
    ];
  });
}

/** Gateway failsafe: a pool of routers that one named device watches. */
export function gatewayTriggers(context: Context): Trigger[] {
  const own = selfDevice(context);
  return all(context, 'ltm pool').flatMap((pool): Trigger[] => {
    const device = textOf(pool, 'gateway-failsafe-device');
    if (!device || device.value === 'none' || own === undefined || fullPath(device.value) !== own.name) return [];
    const at = placeOf(device, placeOfStatement(definitionOf(pool)));
    const action = textOf(pool, 'min-up-members-action');
    const checking = switchOf(pool, 'min-up-members-checking');
    const effect = action && EFFECTS[action.value];
    const minimum = numberOf(pool, 'min-up-members');
    const members = gatewayAddresses(context, pool);
    return [
      {
        ...entity(context, at),
        watches: 'gateway',
        target: pool.name,
        defined: true,
        interfaces: [],
        processes: [],
        // One address that is silent tells something only where every member of the pool must be up.
        addresses: minimum !== undefined && minimum.value >= members.length ? members : [],
        effect: action && effect && isStated(action) ? stated(effect, action.at) : byDefault('failover', PAGES.pool),
        ...(checking?.value === false && isStated(checking)
          ? { cannotFire: stated('min-up-members-checking is disabled', checking.at) }
          : {}),
      },
    ];
  });
}

function gatewayAddresses(context: Context, pool: F5Object): string[] {
  return entriesOf(pool, 'members').entries.map((entry) => {
    const { host } = endpoint(entry.name);
    const address = propertyOf(entry.properties, 'address')?.words[1];
    const node = find(context, 'ltm node', fullPath(host));
    return address ?? (node ? textOf(node, 'address')?.value : undefined) ?? baseName(host);
  });
}
