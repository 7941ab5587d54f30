/** Who becomes master: priorities, preemption, states, timers, versions, virtual router ids, authentication. */
import { block, checkHaproxy, haproxy, instance, keepalived, nginx, oneSwitch } from './parts.mjs';

const BOTH = [
  { node: 'lb1', state: 'MASTER', priority: 150 },
  { node: 'lb2', state: 'BACKUP', priority: 100 },
];

/** Both balancers' keepalived.conf: what they share, then what each has of its own. */
const pair = (shared, own = [{}, {}], globals = [[], []]) =>
  BOTH.map(({ node, ...usual }, i) => keepalived(node, [instance({ ...usual, ...shared, ...own[i] })], globals[i]));

const onOneSwitch = (configs, webs = 1) => ({ ...oneSwitch(webs), keepalived: configs, nginx: nginx() });

/** Without preemption whoever is first stays master, so here the preferred one is first by more than half a second (the skew). */
const FAR = [{ priority: 250 }, { priority: 100 }];

const pass = (word) => block('authentication', ['auth_type PASS', `auth_pass ${word}`]);
const version3 = ['vrrp_version 3'];
const tracked = (shared, own) =>
  BOTH.map(({ node, ...usual }, i) =>
    keepalived(node, [
      checkHaproxy(),
      instance({ ...usual, ...shared, ...own[i], lines: [...(own[i].lines ?? []), ...block('track_script', ['chk_haproxy'])] }),
    ]),
  );

/** Four balancers in two pairs that chose the same virtual router id. */
const twoPairs = () => {
  const base = oneSwitch(0);
  const host = [`ip addr add 10.0.0.21/24 dev eth0`];
  const config = (node, priority, vip) =>
    keepalived(node, [instance({ state: priority === 150 ? 'MASTER' : 'BACKUP', priority, vips: [vip] })]);
  return {
    nodes: { ...base.nodes, lb3: [], lb4: [], web1: host },
    links: [...base.links, ['web1:eth0', 'sw1:p4'], ['lb3:eth0', 'sw1:p5'], ['lb4:eth0', 'sw1:p6']],
    interfaces: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map((address) => ({ eth0: [`${address}/24`] })),
    keepalived: [
      config('lb1', 150, '10.0.0.100/24'),
      config('lb2', 100, '10.0.0.100/24'),
      config('lb3', 140, '10.0.0.200/24'),
      config('lb4', 90, '10.0.0.200/24'),
    ],
    nginx: nginx(),
  };
};

/** A third balancer behind the usual two. */
const threeBalancers = () => {
  const base = oneSwitch();
  return {
    nodes: { ...base.nodes, lb3: [] },
    links: [...base.links, ['lb3:eth0', 'sw1:p9']],
    interfaces: [...base.interfaces, { eth0: ['10.0.0.3/24'] }],
    keepalived: [...pair({}), keepalived('lb3', [instance({ state: 'BACKUP', priority: 50 })])],
    nginx: nginx(),
  };
};

/** Nobody to take over. */
const singleBalancer = () => {
  const { nodes, links, interfaces } = oneSwitch();
  const { lb2, ...others } = nodes;
  return {
    nodes: others,
    links: links.filter(([end]) => end !== 'lb2:eth0'),
    interfaces: interfaces.slice(0, 1),
    keepalived: pair({}).slice(0, 1),
    nginx: nginx(),
  };
};

export const elections = {
  'nopreempt-on-the-preferred': onOneSwitch(pair({ state: 'BACKUP' }, [{ ...FAR[0], lines: ['nopreempt'] }, FAR[1]])),
  'nopreempt-both': onOneSwitch(pair({ state: 'BACKUP', lines: ['nopreempt'] }, FAR)),
  'nopreempt-both-script-fault': {
    ...oneSwitch(),
    keepalived: tracked(
      { state: 'BACKUP' },
      FAR.map((far) => ({ ...far, lines: ['nopreempt'] })),
    ),
    haproxy: haproxy(),
  },
  'nopreempt-both-script-weight': {
    ...oneSwitch(),
    keepalived: BOTH.map(({ node }, i) =>
      keepalived(node, [
        checkHaproxy(['weight -160']),
        instance({ ...FAR[i], state: 'BACKUP', lines: ['nopreempt', ...block('track_script', ['chk_haproxy'])] }),
      ]),
    ),
    haproxy: haproxy(),
  },
  'preempt-delay': onOneSwitch(pair({ lines: ['preempt_delay 5'] })),
  'state-master-both': onOneSwitch(pair({ state: 'MASTER' })),
  'defaults-only': onOneSwitch(pair({ state: null, advert: null }, [{ priority: 110 }, { priority: 100 }])),
  'priority-owner': onOneSwitch(pair({}, [{ priority: 255 }, {}])),
  'advert-interval-mismatch-v2': onOneSwitch(pair({}, [{ advert: 1 }, { advert: 2 }])),
  'advert-interval-mismatch-v3': onOneSwitch(pair({}, [{ advert: 1 }, { advert: 2 }], [version3, version3])),
  'advert-fractional-v3': onOneSwitch(pair({ advert: 0.5 }, undefined, [version3, version3])),
  'version-mismatch': onOneSwitch(pair({}, undefined, [version3, []])),
  'vrid-mismatch': onOneSwitch(pair({}, [{ vrid: 51 }, { vrid: 52 }])),
  'vrid-mismatch-proxy-not-watched': { ...oneSwitch(), keepalived: pair({}, [{ vrid: 51 }, { vrid: 52 }]), haproxy: haproxy() },
  'vrid-of-two-pairs': twoPairs(),
  'authentication-right': onOneSwitch(pair({ lines: pass('s3cret') })),
  'authentication-mismatch': onOneSwitch(pair({}, [{ lines: pass('s3cret') }, { lines: pass('other') }])),
  'authentication-one-sided': onOneSwitch(pair({}, [{ lines: pass('s3cret') }, {}])),
  'notify-scripts': {
    ...onOneSwitch(
      pair({ lines: ['notify_master "/etc/keepalived/notify.sh master"', 'notify_backup "/etc/keepalived/notify.sh backup"'] }),
    ),
    files: { 'notify.sh': '#!/bin/sh\necho "$1" >>/run/keepalived-state\n' },
  },
  'nopreempt-state-master': {
    ...oneSwitch(),
    keepalived: BOTH.map(({ node }, i) =>
      keepalived(node, [
        checkHaproxy(['weight -160']),
        instance({ ...FAR[i], state: 'MASTER', lines: ['nopreempt', ...block('track_script', ['chk_haproxy'])] }),
      ]),
    ),
    haproxy: haproxy(),
  },
  'active-active': onOneSwitch(
    BOTH.map(({ node }, i) =>
      keepalived(node, [
        instance({ name: 'VI_1', state: ['MASTER', 'BACKUP'][i], priority: [150, 100][i], vrid: 51 }),
        instance({ name: 'VI_2', state: ['BACKUP', 'MASTER'][i], priority: [100, 150][i], vrid: 52, vips: ['10.0.0.101/24'] }),
      ]),
    ),
  ),
  'three-balancers': threeBalancers(),
  'single-balancer': singleBalancer(),
  strict: onOneSwitch(pair({}, undefined, [['vrrp_strict'], ['vrrp_strict']])),
};
