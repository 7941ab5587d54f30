import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Member, VirtualAddress } from '../../model/redundancy.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { headFact, numberFact } from '../entity.ts';
import { present } from '../tree-facts.ts';

/** FRR's VRRP: commands, units and defaults. */
export const VRRP_PAGE = 'https://docs.frrouting.org/en/latest/vrrp.html';

/** What `vrrp default …` sets for all routers, or a single router's own lines. */
interface Settings {
  version?: Fact<number> | undefined;
  priority?: Fact<number> | undefined;
  preempt?: Fact<boolean> | undefined;
  advertInterval?: Fact<number> | undefined;
  enabled?: Fact<boolean> | undefined;
}

/** A setting that is spoken of but not known is there with the value undefined: it gets no default. */
function apply(settings: Settings, s: Statement, keyword: number, on: boolean): void {
  switch (s.words[keyword]) {
    case 'version':
      settings.version = numberFact(s, keyword + 1);
      break;
    case 'priority':
      settings.priority = on ? numberFact(s, keyword + 1) : undefined;
      break;
    case 'advertisement-interval':
      settings.advertInterval = on ? numberFact(s, keyword + 1) : undefined;
      break;
    case 'preempt':
      settings.preempt = headFact(s, on);
      break;
    case 'shutdown':
      settings.enabled = headFact(s, !on);
      break;
  }
}

/** Reads `vrrp default …`, which holds for routers that are configured after it. */
export function readVrrpDefaults(statements: readonly Statement[]): Settings {
  const settings: Settings = {};
  for (const s of statements) {
    const no = s.words[0] === 'no' ? 1 : 0;
    if (s.words[no] !== 'vrrp' || s.words[no + 1] !== 'default') continue;
    s.use = 'read';
    apply(settings, s, no + 2, no === 0);
    // The page gives this one another range than the interval of a router, and no unit.
    if (s.words[no + 2] === 'advertisement-interval') settings.advertInterval = undefined;
  }
  return settings;
}

/** What an interface's block says of one VRID. */
interface Router {
  readonly id: Fact<string>;
  readonly settings: Settings;
  readonly lines: Statement[];
  readonly addresses: Statement[];
}

/** Reads the virtual routers of an `interface` block; IPv4 and IPv6 elect apart, by the same settings. */
export function readVrrp(block: Statement, device: string, defaults: Settings): Member[] {
  const routers = new Map<string, Router>();
  for (const s of block.children) {
    const no = s.words[0] === 'no' ? 1 : 0;
    const vrid = s.words[no + 1] ?? '';
    if (s.words[no] !== 'vrrp' || !/^\d{1,3}$/.test(vrid)) continue;
    s.use = 'read';
    const known = routers.get(vrid);
    const router = known ?? { id: stated(vrid, placeOfWord(s, no + 1)), settings: { ...defaults }, lines: [], addresses: [] };
    routers.set(vrid, router);
    router.lines.push(s);
    if (/^ipv?[46]?$/.test(s.words[no + 2] ?? '')) {
      if (no === 0) router.addresses.push(s);
    } else apply(router.settings, s, no + 2, no === 0);
  }
  return [...routers.values()].flatMap((router) =>
    (['ipv4', 'ipv6'] as const).flatMap((family) => memberOf(block, router, family, device) ?? []),
  );
}

function memberOf(block: Statement, router: Router, family: Member['addressFamily'], device: string): Member | undefined {
  const lines = router.addresses.filter((s) => (s.words[2] === 'ipv6') === (family === 'ipv6'));
  const [first] = lines.filter((s) => !s.maybe);
  const port = block.words[1] ?? '';
  if (!first) return undefined;
  const entity = { device, platform: 'frr' as const };
  const virtualAddresses = lines.flatMap((s): VirtualAddress[] => {
    const address = (s.words[3] ?? '').split('/')[0] ?? '';
    return s.maybe || ipVersion(address) === 0 ? [] : [{ ...entity, at: placeOfHead(s), address }];
  });
  const { settings } = router;
  const fact = <K extends keyof Settings, T>(key: K, value: T) => (key in settings ? settings[key] : byDefault(value, VRRP_PAGE));
  return {
    ...entity,
    at: placeOfStatement(router.lines[0] ?? first),
    protocol: 'vrrp',
    name: `${port} group ${router.id.value}`,
    id: router.id,
    interface: stated(port, placeOfWord(block, 1)),
    addressFamily: family,
    virtualAddresses,
    unicastPeers: [],
    triggers: [],
    ...(virtualAddresses.length < lines.length ? { open: ['virtualAddresses'] } : {}),
    ...(present({
      version: fact('version', 3),
      priority: fact('priority', 100),
      preempt: fact('preempt', true),
      advertInterval: fact('advertInterval', 1000),
      enabled: settings.enabled,
    }) as Partial<Member>),
  };
}
