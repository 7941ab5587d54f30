import { subnetOf } from '../../model/address.ts';
import { byDefault, type Fact, placeOf, stated } from '../../model/fact.ts';
import type { Heartbeat } from '../../model/peering.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { numberFact, wordFact } from '../entity.ts';
import { FAILOVER_PORT, letsIn } from '../f5-lockdown.ts';
import { baseName, portNumber, withoutRouteDomain } from '../f5-names.ts';
import { all, type Context, entity, single } from './context.ts';
import { MANAGEMENT, type SelfIp, selfIps } from './network.ts';
import { definitionOf, entriesOf, type F5Object, nameOf, propertyOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** The `cm device` that is this unit: it says so itself, or bears the host name, or is the only one. */
export function selfDevice(context: Context): F5Object | undefined {
  const devices = all(context, 'cm device');
  const marked = devices.find((d) => textOf(d, 'self-device')?.value === 'true');
  if (marked) return marked;
  const settings = single(context, 'sys global-settings');
  const hostname = settings && textOf(settings, 'hostname')?.value;
  const named = devices.find((d) => baseName(d.name) === hostname || (hostname !== undefined && textOf(d, 'hostname')?.value === hostname));
  return named ?? (devices.length === 1 ? devices[0] : undefined);
}

interface Unicast {
  readonly at: Heartbeat['at'];
  readonly address?: Fact<string>;
  readonly port?: Fact<number>;
  readonly management: boolean;
}

/** The addresses to which others send failover messages for a device; `open` where some of them are not known. */
export function unicastOf(device: F5Object): { readonly list: readonly Unicast[]; readonly open: boolean; readonly said?: Statement } {
  const said = device.statements.flatMap((s) => s.children).findLast((s) => s.words[0] === 'unicast-address');
  if (!said) return { list: [], open: false };
  said.use = 'read';
  const ownManagement = textOf(device, 'management-ip');
  const blocks = said.children.filter((c) => c.words[0] === '{' || c.children.length > 0);
  const list = blocks.map((block): Unicast => {
    const ip = propertyOf(block.children, 'ip') ?? propertyOf(block.children, 'effective-ip');
    const written = ip && wordFact(ip, 1);
    const port = propertyOf(block.children, 'port') ?? propertyOf(block.children, 'effective-port');
    const number = port && (numberFact(port, 1) ?? named(port));
    block.use = 'read';
    const management = written?.value === 'management-ip' || (written !== undefined && written.value === ownManagement?.value);
    const address = written?.value === 'management-ip' ? ownManagement : written;
    return {
      at: placeOfStatement(block),
      management,
      ...(address ? { address: { ...address, value: withoutRouteDomain(address.value) } } : {}),
      ...(number ? { port: number } : {}),
    };
  });
  const open = said.maybe === true || list.some((u) => u.address === undefined && !u.management);
  return { list, open, said };
}

function named(s: Statement): Fact<number> | undefined {
  const word = wordFact(s, 1);
  const number = word && portNumber(word.value);
  return word && number !== undefined ? stated(number, placeOf(word, placeOfHead(s))) : undefined;
}

/** Paths over which the peers hear this unit live: its unicast addresses, and multicast where it is set up. */
export function heartbeatsOf(context: Context, own: F5Object, peer: F5Object | undefined): Heartbeat[] {
  const selfs = selfIps(context);
  const theirs = peer ? unicastOf(peer).list : [];
  const beats = unicastOf(own).list.map((unicast): Heartbeat => {
    const self = selfs.find((s) => s.address === unicast.address?.value);
    const port = unicast.port ?? byDefault(FAILOVER_PORT, PAGES.failoverPort);
    const destination = theirs.find((t) => t.management === unicast.management && (unicast.management || sameSubnet(self, t)))?.address;
    const allowed = self && allowedOn(context, self, port.value);
    const at = self?.vlan;
    return {
      ...entity(context, unicast.at),
      ...(unicast.address ? { source: unicast.address } : {}),
      ...(destination ? { destination } : {}),
      ...(unicast.management
        ? { interface: stated(MANAGEMENT, unicast.at) }
        : at === undefined
          ? {}
          : { interface: stated(at, unicast.at) }),
      port,
      transport: stated('unicast', unicast.at),
      ...(unicast.management ? { management: true } : {}),
      ...(allowed ? { allowed } : {}),
    };
  });
  return [...beats, ...multicast(context, own)];
}

function sameSubnet(self: SelfIp | undefined, unicast: Unicast): boolean {
  const subnet = self && subnetOf(self.address, self.prefix);
  return subnet !== undefined && unicast.address !== undefined && subnetOf(unicast.address.value, self?.prefix) === subnet;
}

/** Multicast failover leaves by the management port eth0, unless another is named. */
function multicast(context: Context, own: F5Object): Heartbeat[] {
  const group = nameOf(own, 'multicast-ip');
  const port = nameOf(own, 'multicast-interface');
  if (!group || !port) return [];
  const at = placeOf(group, placeOfStatement(definitionOf(own)));
  const management = port.value === 'eth0';
  return [
    {
      ...entity(context, at),
      destination: group,
      interface: management ? { ...port, value: MANAGEMENT } : port,
      transport: stated('multicast', at),
      ...(management ? { management: true } : {}),
    },
  ];
}

/** Whether a self IP's port lockdown lets failover messages in; nothing is let in by default. */
function allowedOn(context: Context, self: SelfIp, port: number): Fact<boolean> | undefined {
  const { entries, open, said } = entriesOf(self.object, 'allow-service');
  if (open) return undefined;
  if (!said) return byDefault(false, PAGES.self);
  const defaults = single(context, 'net self-allow');
  const listed = defaults && entriesOf(defaults, 'defaults');
  const shipped = listed?.said ? listed.entries.map((e) => e.name) : undefined;
  const inList = letsIn(
    entries.map((e) => e.name),
    port,
    shipped,
  );
  // A service that a template leaves open may be the one.
  const isOpen = listed?.open && !inList;
  return said.maybe || isOpen ? undefined : stated(inList, placeOfStatement(said));
}
