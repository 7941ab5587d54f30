/** Building blocks of the lab's scenarios: networks and configs as text. Node names and addresses mean the same in all of them. */

const indent = (lines, by = '    ') => lines.filter((line) => line !== '').map((line) => (line === null ? '' : by + line));

/** A containerlab file. `nodes`: name to `bridge`, or a list of exec lines; `links`: pairs of `node:port`. */
export const topology = (name, nodes, links) =>
  [
    `name: ${name}`,
    'topology:',
    '  nodes:',
    ...Object.entries(nodes).flatMap(([node, what]) =>
      what === 'bridge'
        ? [`    ${node}:`, '      kind: bridge']
        : [
            `    ${node}:`,
            '      kind: linux',
            '      image: debian:12',
            ...(what.length === 0 ? [] : ['      exec:', ...what.map((line) => `        - ${line}`)]),
          ],
    ),
    '  links:',
    ...links.map(([a, b]) => `    - endpoints: ["${a}", "${b}"]`),
    '',
  ].join('\n');

/** An ifupdown file: interface name to its lines, the first of them an address with its prefix length. */
export const interfaces = (stanzas) =>
  `${Object.entries(stanzas)
    .map(([name, [address, ...more]]) =>
      [
        `auto ${name}`,
        address === '' ? `iface ${name} inet manual` : `iface ${name} ${address.includes(':') ? 'inet6' : 'inet'} static`,
        ...indent([...(address === '' ? [] : [`address ${address}`]), ...more]),
      ].join('\n'),
    )
    .join('\n\n')}\n`;

/** One vrrp_instance. */
export const instance = (options) => {
  const {
    name = 'VI_1',
    state = 'BACKUP',
    port = 'eth0',
    vrid = 51,
    priority,
    advert = 1,
    lines = [],
    vips = ['10.0.0.100/24'],
    excluded,
  } = options;
  return [
    `vrrp_instance ${name} {`,
    ...indent([
      ...(state === null ? [] : [`state ${state}`]),
      `interface ${port}`,
      `virtual_router_id ${vrid}`,
      `priority ${priority}`,
      ...(advert === null ? [] : [`advert_int ${advert}`]),
      ...lines,
      'virtual_ipaddress {',
      ...indent(vips),
      '}',
      ...(excluded === undefined ? [] : ['virtual_ipaddress_excluded {', ...indent(excluded), '}']),
    ]),
    '}',
  ].join('\n');
};

/** A block of a keepalived.conf. */
export const block = (head, lines) => [`${head} {`, ...indent(lines), '}'];

/** A keepalived.conf: global lines, then blocks of text. */
export const keepalived = (node, blocks, globals = []) =>
  `${['global_defs {', ...indent([`router_id ${node}`, ...globals]), '}'].join('\n')}\n\n${blocks.join('\n\n')}\n`;

/** A script that keepalived runs to see whether HAProxy lives. */
export const checkHaproxy = (lines = [], script = '/usr/bin/killall -0 haproxy') =>
  block('vrrp_script chk_haproxy', [`script "${script}"`, 'interval 2', 'fall 2', 'rise 2', ...lines]).join('\n');

/** A haproxy.cfg with one frontend and one backend. */
export const haproxy = ({
  bind = '*:80',
  servers = ['web1 10.0.0.21:8080 check inter 1s'],
  defaults = [],
  backend = [],
  retries = 3,
} = {}) =>
  `global
    maxconn 2000

defaults
    mode http
    timeout connect 2s
    timeout client 30s
    timeout server 30s
    retries ${retries}
${indent(defaults)
  .map((line) => `${line}\n`)
  .join('')}
frontend www
    bind ${bind}
    default_backend web

backend web
    balance roundrobin
${indent([...backend, ...servers.map((server) => `server ${server}`)])
  .map((line) => `${line}\n`)
  .join('')}`;

/** An nginx.conf with one upstream. */
export const nginx = ({ listen = '80', servers = ['10.0.0.21:8080'], location = [] } = {}) =>
  `events {
    worker_connections 512;
}

http {
    upstream web {
${servers.map((server) => `        server ${server};\n`).join('')}    }

    server {
        listen ${listen};

        location / {
${indent([...location, 'proxy_pass http://web;'], '            ').join('\n')}
        }
    }
}
`;

const host = (octet, net = '10.0.0') => [`ip addr add ${net}.${octet}/24 dev eth0`];

/** One switch: two balancers, a client and web servers, all on 10.0.0.0/24. */
export const oneSwitch = (webs = 1) => {
  const names = Array.from({ length: webs }, (_, i) => `web${i + 1}`);
  return {
    nodes: {
      sw1: 'bridge',
      lb1: [],
      lb2: [],
      client: host(10),
      ...Object.fromEntries(names.map((name, i) => [name, host(21 + i)])),
    },
    links: [
      ['lb1:eth0', 'sw1:p1'],
      ['lb2:eth0', 'sw1:p2'],
      ['client:eth0', 'sw1:p3'],
      ...names.map((name, i) => [`${name}:eth0`, `sw1:p${4 + i}`]),
    ],
    interfaces: [{ eth0: ['10.0.0.1/24'] }, { eth0: ['10.0.0.2/24'] }],
  };
};

/** As oneSwitch, and a cable between the balancers' eth1 for the heartbeat. */
export const withHeartbeat = (webs = 1) => {
  const base = oneSwitch(webs);
  return {
    nodes: base.nodes,
    links: [...base.links, ['lb1:eth1', 'lb2:eth1']],
    interfaces: [
      { eth0: ['10.0.0.1/24'], eth1: ['192.168.255.1/30'] },
      { eth0: ['10.0.0.2/24'], eth1: ['192.168.255.2/30'] },
    ],
  };
};

/** As withHeartbeat, but through a switch of its own. */
export const heartbeatSwitch = () => {
  const base = withHeartbeat();
  return {
    ...base,
    nodes: { ...base.nodes, hb: 'bridge' },
    links: [...base.links.slice(0, -1), ['lb1:eth1', 'hb:p1'], ['lb2:eth1', 'hb:p2']],
  };
};

/** Two switches with a cable between; a balancer, a client and a web server on each. */
export const twoSwitches = ({ lb2Switch = 'sw2' } = {}) => ({
  nodes: { sw1: 'bridge', sw2: 'bridge', lb1: [], lb2: [], client1: host(11), client2: host(12), web1: host(21), web2: host(22) },
  links: [
    ['sw1:p9', 'sw2:p9'],
    ['lb1:eth0', 'sw1:p1'],
    ['lb2:eth0', `${lb2Switch}:p2`],
    ['client1:eth0', 'sw1:p3'],
    ['client2:eth0', 'sw2:p3'],
    ['web1:eth0', 'sw1:p4'],
    ['web2:eth0', 'sw2:p4'],
  ],
  interfaces: [{ eth0: ['10.0.0.1/24'] }, { eth0: ['10.0.0.2/24'] }],
});

/** A front switch that clients reach (they are not in the picture) and a back switch with the web servers. */
export const twoArms = (webs = 2) => {
  const names = Array.from({ length: webs }, (_, i) => `web${i + 1}`);
  return {
    nodes: {
      front: 'bridge',
      back: 'bridge',
      lb1: [],
      lb2: [],
      ...Object.fromEntries(names.map((name, i) => [name, host(21 + i, '10.0.1')])),
    },
    links: [
      ['lb1:eth0', 'front:p1'],
      ['lb2:eth0', 'front:p2'],
      ['lb1:eth1', 'back:p1'],
      ['lb2:eth1', 'back:p2'],
      ...names.map((name, i) => [`${name}:eth0`, `back:p${3 + i}`]),
    ],
    interfaces: [
      { eth0: ['10.0.0.1/24'], eth1: ['10.0.1.1/24'] },
      { eth0: ['10.0.0.2/24'], eth1: ['10.0.1.2/24'] },
    ],
  };
};
