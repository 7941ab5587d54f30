/** Redundant cables: rings of switches, balancers and servers on two switches through a bridge of their own. */
import { block, haproxy, instance, keepalived, nginx } from './parts.mjs';

const configs = (port, lines = []) => [
  keepalived('lb1', [instance({ state: 'MASTER', priority: 150, port, lines })]),
  keepalived('lb2', [instance({ state: 'BACKUP', priority: 100, port, lines })]),
];

const host = (octet) => [`ip addr add 10.0.0.${octet}/24 dev eth0`];

/** Two switches, and balancers with a cable to each, bridged, with spanning tree. */
const dualHomed = () => ({
  nodes: { sw1: 'bridge', sw2: 'bridge', lb1: [], lb2: [], client1: host(11), client2: host(12), web1: host(21), web2: host(22) },
  links: [
    ['sw1:p9', 'sw2:p9'],
    ['lb1:eth0', 'sw1:p1'],
    ['lb1:eth1', 'sw2:p1'],
    ['lb2:eth0', 'sw1:p2'],
    ['lb2:eth1', 'sw2:p2'],
    ['client1:eth0', 'sw1:p3'],
    ['client2:eth0', 'sw2:p3'],
    ['web1:eth0', 'sw1:p4'],
    ['web2:eth0', 'sw2:p4'],
  ],
  interfaces: ['10.0.0.1/24', '10.0.0.2/24'].map((address) => ({
    br0: [address, 'bridge_ports eth0 eth1', 'bridge_stp on', 'bridge_fd 2', 'bridge_hello 1', 'bridge_maxage 6', 'bridge_waitport 0'],
  })),
});

/** Three switches in a ring. */
const ring = () => ({
  nodes: { sw1: 'bridge', sw2: 'bridge', sw3: 'bridge', lb1: [], lb2: [], client: host(10), web1: host(21) },
  links: [
    ['sw1:p8', 'sw2:p8'],
    ['sw2:p9', 'sw3:p8'],
    ['sw3:p9', 'sw1:p9'],
    ['lb1:eth0', 'sw1:p1'],
    ['lb2:eth0', 'sw2:p1'],
    ['client:eth0', 'sw3:p1'],
    ['web1:eth0', 'sw3:p2'],
  ],
  interfaces: [{ eth0: ['10.0.0.1/24'] }, { eth0: ['10.0.0.2/24'] }],
});

/** Each balancer on a switch of its own, and a second cable between the balancers that nothing but VRRP uses. */
const heartbeatBeside = () => ({
  nodes: { sw1: 'bridge', sw2: 'bridge', lb1: [], lb2: [], client: host(10), web1: host(21) },
  links: [
    ['sw1:p9', 'sw2:p9'],
    ['lb1:eth0', 'sw1:p1'],
    ['lb2:eth0', 'sw2:p1'],
    ['client:eth0', 'sw2:p3'],
    ['web1:eth0', 'sw2:p4'],
    ['lb1:eth1', 'lb2:eth1'],
  ],
  interfaces: [
    { eth0: ['10.0.0.1/24'], eth1: ['192.168.255.1/30'] },
    { eth0: ['10.0.0.2/24'], eth1: ['192.168.255.2/30'] },
  ],
});

const tracked = (lines) =>
  [
    ['lb1', 'MASTER', 150],
    ['lb2', 'BACKUP', 100],
  ].map(([node, state, priority]) =>
    keepalived(node, [instance({ state, priority, port: 'eth1', lines, vips: ['10.0.0.100/24 dev eth0'] })]),
  );

export const wiring = {
  'dual-homed-bridge': {
    ...dualHomed(),
    keepalived: configs('br0'),
    haproxy: haproxy({ servers: ['web1 10.0.0.21:8080 check inter 1s', 'web2 10.0.0.22:8080 check inter 1s'] }),
  },
  'ring-of-switches': { ...ring(), keepalived: configs('eth0'), nginx: nginx() },
  'heartbeat-beside-two-switches': { ...heartbeatBeside(), keepalived: tracked([]), nginx: nginx() },
  'heartbeat-beside-dont-track-primary': {
    ...heartbeatBeside(),
    keepalived: tracked(['dont_track_primary', ...block('track_interface', ['eth0'])]),
    nginx: nginx(),
  },
};
