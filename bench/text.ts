// Long configs of several vendors, the same text each time, to measure how fast text becomes findings.

import type { File } from './estate.ts';

type Write = (device: number, lines: number) => string[];

const WRITERS: readonly (readonly [file: string, write: Write])[] = [
  ['bigip.conf', bigip],
  ['haproxy.cfg', haproxy],
  ['nxos.cfg', nxos],
  ['ns.conf', netscaler],
  ['nginx.conf', nginx],
  ['ios.cfg', ios],
];

/** Files of about `lines` lines in all, `perDevice` on each device, vendors in turn. */
export function mixedText(lines: number, perDevice = 1000): File[] {
  const devices = Math.max(1, Math.round(lines / perDevice));
  return Array.from({ length: devices }, (_, i) => {
    const [file, write] = WRITERS[i % WRITERS.length] as (typeof WRITERS)[number];
    return { path: `device${i}/${file}`, text: `${write(i, perDevice).join('\n')}\n` };
  });
}

/** Calls `write(n)` for 0, 1, 2 … until there are `size` lines. */
function upTo(size: number, head: readonly string[], write: (n: number) => readonly string[]): string[] {
  const lines = [...head];
  for (let n = 0; lines.length < size; n++) lines.push(...write(n));
  return lines;
}

const host = (n: number): string => `${(n >> 8) & 255}.${n & 255}`;

function bigip(i: number, size: number): string[] {
  const head = ['#TMSH-VERSION: 16.1.2', 'sys global-settings {', `    hostname f5-${i}.example.net`, '}'];
  return upTo(size, head, (n) => [
    `ltm node /Common/n${n} {`,
    `    address 10.1.${host(n)}`,
    '}',
    `ltm pool /Common/p${n} {`,
    '    members {',
    `        /Common/n${n}:80 {`,
    `            address 10.1.${host(n)}`,
    '        }',
    '    }',
    '    monitor /Common/http',
    '}',
    `ltm virtual /Common/v${n} {`,
    `    destination /Common/10.2.${host(n)}:80`,
    '    ip-protocol tcp',
    `    pool /Common/p${n}`,
    '    profiles {',
    '        /Common/tcp { }',
    '    }',
    '}',
  ]);
}

function haproxy(_: number, size: number): string[] {
  const head = ['defaults', '    mode http', '    timeout connect 5s', '    timeout client 30s', '    timeout server 30s'];
  return upTo(size, head, (n) => [
    `frontend f${n}`,
    `    bind 10.3.${host(n)}:80`,
    `    default_backend b${n}`,
    `backend b${n}`,
    '    option httpchk GET /health',
    `    server s1 10.4.${host(n)}:80 check`,
    `    server s2 10.5.${host(n)}:80 check`,
  ]);
}

function nxos(i: number, size: number): string[] {
  return upTo(size, [`hostname nx-${i}`, 'feature hsrp', 'feature interface-vlan'], (n) => [
    `interface Ethernet${1 + Math.floor(n / 48)}/${1 + (n % 48)}`,
    `  description server ${n}`,
    '  switchport',
    '  switchport mode trunk',
    `  switchport trunk allowed vlan ${10 + (n % 90)}-${110 + (n % 90)}`,
    '  spanning-tree port type edge trunk',
    '  mtu 9216',
    '  no shutdown',
  ]);
}

function netscaler(i: number, size: number): string[] {
  return upTo(size, ['#NS13.1 Build 37.38', `set ns hostName ns-${i}`], (n) => [
    `add server srv${n} 10.6.${host(n)}`,
    `add serviceGroup sg${n} HTTP -maxClient 0 -maxReq 0 -cip DISABLED -usip NO -cltTimeout 180 -svrTimeout 360`,
    `bind serviceGroup sg${n} srv${n} 80`,
    `add lb vserver lb${n} HTTP 10.7.${host(n)} 80 -persistenceType NONE -cltTimeout 180`,
    `bind lb vserver lb${n} sg${n}`,
  ]);
}

function nginx(_: number, size: number): string[] {
  const body = upTo(size - 1, ['events {', '}', 'http {'], (n) => [
    `    upstream u${n} {`,
    `        server 10.8.${host(n)}:80 max_fails=2 fail_timeout=5s;`,
    `        server 10.9.${host(n)}:80;`,
    '    }',
    '    server {',
    `        listen 10.10.${host(n)}:80;`,
    '        location / {',
    `            proxy_pass http://u${n};`,
    '        }',
    '    }',
  ]);
  return [...body, '}'];
}

function ios(i: number, size: number): string[] {
  return upTo(size, ['version 17.3', `hostname ios-${i}`], (n) => [
    `interface Vlan${2 + (n % 4000)}`,
    ` description gateway ${n}`,
    ` ip address 10.${11 + (i % 200)}.${n & 255}.2 255.255.255.0`,
    ' standby version 2',
    ` standby ${1 + (n % 4000)} ip 10.${11 + (i % 200)}.${n & 255}.1`,
    ` standby ${1 + (n % 4000)} priority 110`,
    ` standby ${1 + (n % 4000)} preempt delay minimum 60`,
    '!',
  ]);
}
