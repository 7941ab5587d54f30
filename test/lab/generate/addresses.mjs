/** Peers and addresses: unicast, sync groups, IPv6, several addresses, addresses that a proxy cannot bind. */
import { block, checkHaproxy, haproxy, instance, keepalived, nginx, oneSwitch, twoArms } from './parts.mjs';

const BOTH = [
  { node: 'lb1', state: 'MASTER', priority: 150 },
  { node: 'lb2', state: 'BACKUP', priority: 100 },
];

const pair = (shared, own = [{}, {}], globals = []) =>
  BOTH.map(({ node, ...usual }, i) => keepalived(node, [instance({ ...usual, ...shared, ...own[i] })], globals));

const onOneSwitch = (configs) => ({ ...oneSwitch(), keepalived: configs, nginx: nginx() });

const unicast = (source, ...peers) => ({ lines: [`unicast_src_ip ${source}`, ...block('unicast_peer', peers)] });
const [toLb1, toLb2] = [unicast('10.0.0.2', '10.0.0.1'), unicast('10.0.0.1', '10.0.0.2')];

/** An instance an arm, in a sync group or not. */
const arms = ({ group }) =>
  BOTH.map(({ node, state, priority }) =>
    keepalived(node, [
      ...(group === undefined ? [] : [block('vrrp_sync_group VG_1', block('group', group)).join('\n')]),
      instance({ name: 'VI_front', state, priority }),
      instance({ name: 'VI_back', state, priority, port: 'eth1', vrid: 52, vips: ['10.0.1.100/24'] }),
    ]),
  );

const backServers = ['10.0.1.21:8080', '10.0.1.22:8080'];

const sixOnOneSwitch = () => {
  const base = oneSwitch();
  const host = (octet) => [`ip -6 addr add fd00::${octet}/64 dev eth0`];
  return {
    ...base,
    nodes: { ...base.nodes, client: host(10), web1: host(21) },
    interfaces: [{ eth0: ['fd00::1/64'] }, { eth0: ['fd00::2/64'] }],
  };
};

const two = ['10.0.0.100/24', '10.0.0.101/24'];

export const addresses = {
  'unicast-right': onOneSwitch(pair({}, [toLb2, toLb1])),
  'unicast-wrong-peer': onOneSwitch(pair({}, [toLb2, unicast('10.0.0.2', '10.0.0.3')])),
  'unicast-one-sided': onOneSwitch(pair({}, [toLb2, {}])),
  'unicast-wrong-on-the-master': onOneSwitch(pair({}, [unicast('10.0.0.1', '10.0.0.3'), toLb1])),
  'unicast-peer-missing': onOneSwitch(pair({}, [unicast('10.0.0.1', '10.0.0.3'), { lines: ['unicast_src_ip 10.0.0.2'] }])),
  'sync-group': { ...twoArms(1), keepalived: arms({ group: ['VI_front', 'VI_back'] }), nginx: nginx({ servers: backServers.slice(0, 1) }) },
  'sync-group-missing': { ...twoArms(1), keepalived: arms({}), nginx: nginx({ servers: backServers.slice(0, 1) }) },
  'sync-group-on-one-side': {
    ...twoArms(1),
    keepalived: [arms({ group: ['VI_front', 'VI_back'] })[0], arms({})[1]],
    nginx: nginx({ servers: backServers.slice(0, 1) }),
  },
  'sync-group-of-one': { ...twoArms(1), keepalived: arms({ group: ['VI_front'] }), nginx: nginx({ servers: backServers.slice(0, 1) }) },
  'ipv6-address': {
    ...sixOnOneSwitch(),
    keepalived: pair({ vips: ['fd00::100/64'] }, undefined, ['vrrp_version 3']),
    nginx: nginx({ listen: '[::]:80', servers: ['[fd00::21]:8080'] }),
  },
  'several-addresses': onOneSwitch(pair({ vips: two })),
  'addresses-excluded': onOneSwitch(pair({ vips: two.slice(0, 1), excluded: two.slice(1) })),
  'addresses-differ': onOneSwitch(pair({}, [{ vips: two }, { vips: two.slice(0, 1) }])),
  'address-alone': { ...oneSwitch(0), keepalived: pair({}) },
  'bind-absent-address': { ...oneSwitch(), keepalived: pair({}), haproxy: haproxy({ bind: '10.0.0.100:80' }) },
  'bind-transparent': { ...oneSwitch(), keepalived: pair({}), haproxy: haproxy({ bind: '10.0.0.100:80 transparent' }) },
  'bind-nonlocal-sysctl': {
    ...oneSwitch(),
    keepalived: pair({}),
    haproxy: haproxy({ bind: '10.0.0.100:80' }),
    files: { 'sysctl.conf': 'net.ipv4.ip_nonlocal_bind = 1\n' },
  },
  'interface-missing': onOneSwitch(pair({}, [{}, { port: 'eth7' }])),
  'balancers-differ': { ...oneSwitch(), keepalived: pair({}), nginx: [nginx(), undefined], haproxy: [undefined, haproxy()] },
  'nginx-bind-absent-address': { ...oneSwitch(), keepalived: pair({}), nginx: nginx({ listen: '10.0.0.100:80' }) },
  'sync-group-script': {
    ...twoArms(1),
    keepalived: BOTH.map(({ node, state, priority }) =>
      keepalived(node, [
        checkHaproxy(),
        block('vrrp_sync_group VG_1', [...block('group', ['VI_front', 'VI_back']), ...block('track_script', ['chk_haproxy'])]).join('\n'),
        instance({ name: 'VI_front', state, priority }),
        instance({ name: 'VI_back', state, priority, port: 'eth1', vrid: 52, vips: ['10.0.1.100/24'] }),
      ]),
    ),
    haproxy: haproxy({ servers: ['web1 10.0.1.21:8080 check inter 1s'] }),
  },
};
