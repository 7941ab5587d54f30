import { ipVersion, prefixOfMask } from '../../model/address.ts';
import type { Interface, InterfaceAddress } from '../../model/interface.ts';
import { placeOfHead } from '../../syntax/statement.ts';
import { type Context, entity, placeOfMenu } from './context.ts';
import { allOf, enabledOf, idOf, type Menu, numberOf, textOf } from './menu.ts';

/** Ports, VLANs, IP interfaces and gateways. */
export function buildNetwork(context: Context): void {
  const { menus, facts } = context;
  for (const menu of menus.all.filter((m) => m.path.length === 1 && /^port \d+$/.test(m.path[0] ?? '')))
    facts.interfaces.push(port(context, menu));
  for (const menu of menus.named('vlan', 'l2')) {
    const name = textOf(menu, 'name');
    if (/^\d{1,4}$/.test(idOf(menu)))
      facts.vlans.push({ ...entity(context, placeOfMenu(menu)), id: Number(idOf(menu)), ...(name ? { name } : {}) });
  }
  for (const menu of menus.named('if', 'l3')) facts.interfaces.push(ipInterface(context, menu));
  for (const menu of menus.named('gw', 'l3')) {
    const nextHop = textOf(menu, 'addr');
    if (nextHop && ipVersion(nextHop.value) !== 0 && enabledOf(menu)?.value !== false) {
      facts.routes.push({ ...entity(context, placeOfMenu(menu)), prefix: ipVersion(nextHop.value) === 6 ? '::/0' : '0.0.0.0/0', nextHop });
    }
  }
}

function port(context: Context, menu: Menu): Interface {
  const enabled = enabledOf(menu);
  const description = textOf(menu, 'name');
  const untaggedVlan = numberOf(menu, 'pvid');
  return {
    ...entity(context, placeOfMenu(menu)),
    name: menu.path[0] ?? '',
    kind: 'physical',
    ...(description ? { description } : {}),
    ...(enabled ? { enabled } : {}),
    addresses: [],
    members: [],
    ...(untaggedVlan ? { untaggedVlan } : {}),
  };
}

/** `/c/l3/if 10`: an address on a VLAN. */
function ipInterface(context: Context, menu: Menu): Interface {
  const at = placeOfMenu(menu);
  const enabled = enabledOf(menu);
  const vlan = numberOf(menu, 'vlan');
  const mtu = numberOf(menu, 'mtu');
  const description = textOf(menu, 'descr') ?? textOf(menu, 'name');
  const addresses = ['addr', 'addr6'].flatMap((name, i): InterfaceAddress[] =>
    allOf(menu, name).flatMap((s) => {
      const address = s.words[1] ?? '';
      if (ipVersion(address) === 0 || s.maybe) return [];
      const mask = textOf(menu, 'mask')?.value ?? '';
      const prefix = ipVersion(address) === 4 ? prefixOfMask(mask) : numberOf(menu, 'prefix6')?.value;
      return [
        {
          ...entity(context, placeOfHead(s)),
          address,
          ...(prefix === undefined ? {} : { prefix }),
          secondary: i > 0 && ipVersion(address) === 4,
        },
      ];
    }),
  );
  return {
    ...entity(context, at),
    name: `if ${idOf(menu)}`,
    kind: 'vlan',
    ...(description ? { description } : {}),
    ...(enabled ? { enabled } : {}),
    addresses,
    members: [],
    ...(vlan ? { vlan } : {}),
    ...(mtu ? { mtu } : {}),
  };
}
