// Estates of any size, the same text each time: pods of two NX-OS switches with HSRP and vPC, and pairs of
// keepalived with HAProxy under them, with one containerlab topology for all.

/** A file of an estate. */
export interface File {
  readonly path: string;
  readonly text: string;
}

/** Load-balancer pairs under each pair of switches. */
const PAIRS = 4;
/** Devices of a pod. */
const POD = 2 + 2 * PAIRS;

/** The files of an estate of about `devices` devices; always whole pods. */
export function estate(devices: number): File[] {
  const pods = Math.max(1, Math.round(devices / POD));
  const files: File[] = [];
  const nodes: string[] = [];
  const links: string[] = [];
  for (let pod = 0; pod < pods; pod++) addPod(pod, files, nodes, links);
  const topology = `name: estate\ntopology:\n  nodes:\n${nodes.join('\n')}\n  links:\n${links.join('\n')}\n`;
  return [{ path: 'estate.clab.yml', text: topology }, ...files];
}

function addPod(pod: number, files: File[], nodes: string[], links: string[]): void {
  const net = `10.${pod >> 6}.${(pod & 63) * 4}`;
  const back = `10.${pod >> 6}.${(pod & 63) * 4 + 1}`;
  const switches = [1, 2].map((n) => `pod${pod}-sw${n}`);
  const link = (a: string, b: string): number => links.push(`    - endpoints: ["${a}", "${b}"]`);
  switches.forEach((name, i) => {
    nodes.push(`    ${name}: { kind: cisco_n9kv }`);
    files.push({ path: `${name}/nxos.cfg`, text: nxos(name, i, pod, net, back) });
  });
  link(`${switches[0]}:Ethernet1/47`, `${switches[1]}:Ethernet1/47`);
  link(`${switches[0]}:Ethernet1/48`, `${switches[1]}:Ethernet1/48`);
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const n of [0, 1]) {
      const name = `pod${pod}-lb${pair}${'ab'[n]}`;
      const own = 10 + 2 * pair + n;
      nodes.push(`    ${name}: { kind: linux }`);
      files.push({ path: `${name}/keepalived.conf`, text: keepalived(pair, n, net) });
      files.push({ path: `${name}/haproxy.cfg`, text: haproxy(pair, net, back) });
      files.push({ path: `${name}/interfaces`, text: interfaces(net, back, own) });
      link(`${name}:eth0`, `${switches[n]}:Ethernet1/${1 + pair}`);
      link(`${name}:eth1`, `${switches[n]}:Ethernet1/${11 + pair}`);
    }
  }
  for (const n of [0, 1]) {
    const name = `pod${pod}-web${n}`;
    nodes.push(`    ${name}:\n      kind: linux\n      exec: ["ip addr add ${back}.${100 + n}/24 dev eth1"]`);
    link(`${name}:eth1`, `${switches[n]}:Ethernet1/30`);
  }
}

/** All switches are in one management network. */
const management = (pod: number, i: number): string => `172.16.${pod >> 6}.${(pod & 63) * 4 + 1 + i}`;

function nxos(name: string, i: number, pod: number, net: string, back: string): string {
  const access = (port: number, vlan: number): string =>
    `interface Ethernet1/${port}\n  switchport\n  switchport access vlan ${vlan}\n  spanning-tree port type edge\n  vpc orphan-port suspend\n  no shutdown`;
  const ports: string[] = [];
  for (let pair = 0; pair < PAIRS; pair++) ports.push(access(1 + pair, 10), access(11 + pair, 20));
  const gateway = (vlan: number, subnet: string): string => `interface Vlan${vlan}
  no shutdown
  ip address ${subnet}.${2 + i}/24
  hsrp version 2
  hsrp ${vlan}
    preempt delay minimum 180
    priority ${120 - 20 * i}
    ip ${subnet}.1`;
  const peer = (port: number): string =>
    `interface Ethernet1/${port}\n  switchport\n  switchport mode trunk\n  channel-group 100 mode active\n  no shutdown`;
  return `hostname ${name}
feature hsrp
feature vpc
feature lacp
feature interface-vlan
vlan 10,20
vpc domain ${1 + (pod % 1000)}
  role priority ${100 + 100 * i}
  peer-keepalive destination ${management(pod, 1 - i)} source ${management(pod, i)} vrf management
  peer-gateway
  auto-recovery
${gateway(10, net)}
${gateway(20, back)}
interface port-channel100
  switchport
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  spanning-tree port type network
  vpc peer-link
${ports.join('\n')}
${access(30, 20)}
${peer(47)}
${peer(48)}
interface mgmt0
  vrf member management
  ip address ${management(pod, i)}/16
`;
}

function keepalived(pair: number, n: number, net: string): string {
  return `global_defs {
    enable_script_security
    script_user nobody
}
vrrp_track_process haproxy {
    process haproxy
    delay 1
}
vrrp_instance VI_${pair} {
    state BACKUP
    interface eth0
    virtual_router_id ${51 + pair}
    priority ${150 - 50 * n}
    advert_int 1
    virtual_ipaddress {
        ${net}.${50 + pair}/24
    }
    track_process {
        haproxy
    }
    track_interface {
        eth1
    }
}
`;
}

function haproxy(pair: number, net: string, back: string): string {
  return `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    option redispatch
frontend www
    bind ${net}.${50 + pair}:80 transparent
    default_backend web
backend web
    option httpchk GET /health
    server web0 ${back}.100:80 check
    server web1 ${back}.101:80 check
`;
}

function interfaces(net: string, back: string, own: number): string {
  return `auto eth0
iface eth0 inet static
    address ${net}.${own}/24
    gateway ${net}.1
auto eth1
iface eth1 inet static
    address ${back}.${own}/24
`;
}
