/** What keepalived watches, and what follows from it. */
import { block, checkHaproxy, haproxy, heartbeatSwitch, instance, keepalived, nginx, oneSwitch, twoArms, withHeartbeat } from './parts.mjs';

const pair = (make) => [make('lb1', 150, 'MASTER'), make('lb2', 100, 'BACKUP')];

const simple = (node, priority, state, lines = []) => keepalived(node, [instance({ state, priority, lines })]);

const heartbeat = (node, priority, state, { track = [], vip = '10.0.0.100/24 dev eth0' } = {}) =>
  keepalived(node, [instance({ state, priority, port: 'eth1', lines: track, vips: [vip] })]);

const withScript = (node, priority, state, scriptLines = [], script = undefined) =>
  keepalived(node, [checkHaproxy(scriptLines, script), instance({ state, priority, lines: block('track_script', ['chk_haproxy']) })]);

const twoArmed = (weight) => (node, priority, state) =>
  keepalived(node, [instance({ state, priority, lines: block('track_interface', [weight === 0 ? 'eth1' : `eth1 weight ${weight}`]) })]);

const behind = (servers) => haproxy({ servers });
const backServers = ['web1 10.0.1.21:8080 check inter 1s', 'web2 10.0.1.22:8080 check inter 1s'];

export const tracking = {
  'vrrp-on-the-serving-interface': { ...oneSwitch(), keepalived: pair((n, p, s) => simple(n, p, s)), haproxy: haproxy() },
  'heartbeat-link-untracked-uplink': {
    ...withHeartbeat(),
    keepalived: pair((n, p, s) => heartbeat(n, p, s, { vip: '10.0.0.100/24 dev eth0 no_track' })),
    haproxy: haproxy(),
  },
  'heartbeat-link-vip-elsewhere': { ...withHeartbeat(), keepalived: pair((n, p, s) => heartbeat(n, p, s)), haproxy: haproxy() },
  'heartbeat-link-tracked-uplink': {
    ...withHeartbeat(),
    keepalived: pair((n, p, s) =>
      heartbeat(n, p, s, { track: block('track_interface', ['eth0']), vip: '10.0.0.100/24 dev eth0 no_track' }),
    ),
    haproxy: haproxy(),
  },
  'heartbeat-link-dont-track-primary': {
    ...withHeartbeat(),
    keepalived: pair((n, p, s) => heartbeat(n, p, s, { track: ['dont_track_primary', ...block('track_interface', ['eth0'])] })),
    haproxy: haproxy(),
  },
  'track-interface-fault': { ...twoArms(), keepalived: pair(twoArmed(0)), haproxy: behind(backServers) },
  'track-interface-weight-enough': { ...twoArms(), keepalived: pair(twoArmed(-60)), haproxy: behind(backServers) },
  'track-interface-weight-too-small': { ...twoArms(), keepalived: pair(twoArmed(-20)), haproxy: behind(backServers) },
  'track-interface-weight-tie': { ...twoArms(), keepalived: pair(twoArmed(-50)), haproxy: behind(backServers) },
  'back-arm-not-watched': { ...twoArms(), keepalived: pair((n, p, s) => simple(n, p, s)), haproxy: behind(backServers) },
  'script-fault': { ...oneSwitch(), keepalived: pair((n, p, s) => withScript(n, p, s)), haproxy: haproxy() },
  'script-weight-too-small': { ...oneSwitch(), keepalived: pair((n, p, s) => withScript(n, p, s, ['weight -20'])), haproxy: haproxy() },
  'script-weight-enough': { ...oneSwitch(), keepalived: pair((n, p, s) => withScript(n, p, s, ['weight -60'])), haproxy: haproxy() },
  'script-weight-positive': {
    ...oneSwitch(),
    keepalived: [
      ['lb1', 101, 'MASTER'],
      ['lb2', 100, 'BACKUP'],
    ].map(([n, p, s]) => withScript(n, p, s, ['weight 2'])),
    haproxy: haproxy(),
  },
  'script-pidof': {
    ...oneSwitch(),
    keepalived: pair((n, p, s) => withScript(n, p, s, [], '/etc/keepalived/check_haproxy.sh')),
    haproxy: haproxy(),
    files: { 'check_haproxy.sh': '#!/bin/sh\npidof haproxy >/dev/null\n' },
  },
  'script-asks-the-proxy': {
    ...oneSwitch(),
    keepalived: pair((n, p, s) => withScript(n, p, s, [], '/etc/keepalived/check_haproxy.sh')),
    haproxy: haproxy(),
    files: { 'check_haproxy.sh': '#!/bin/sh\nexec curl -s -o /dev/null --max-time 2 http://127.0.0.1:80/\n' },
  },
  'script-not-tracked': {
    ...oneSwitch(),
    keepalived: pair((n, p, s) => keepalived(n, [checkHaproxy(), instance({ state: s, priority: p })])),
    haproxy: haproxy(),
  },
  'script-weight-where-tracked': {
    ...oneSwitch(),
    keepalived: pair((n, p, s) =>
      keepalived(n, [checkHaproxy(), instance({ state: s, priority: p, lines: block('track_script', ['chk_haproxy weight -60']) })]),
    ),
    haproxy: haproxy(),
  },
  'track-interface-weight-positive': {
    ...twoArms(1),
    keepalived: [
      ['lb1', 120, 'MASTER'],
      ['lb2', 100, 'BACKUP'],
    ].map(([n, p, s]) => twoArmed(50)(n, p, s)),
    nginx: nginx({ servers: ['10.0.1.21:8080'] }),
  },
  'heartbeat-switch-untracked-uplink': {
    ...heartbeatSwitch(),
    keepalived: pair((n, p, s) => heartbeat(n, p, s, { vip: '10.0.0.100/24 dev eth0 no_track' })),
    nginx: nginx(),
  },
  'heartbeat-switch-tracked-uplink': {
    ...heartbeatSwitch(),
    keepalived: pair((n, p, s) => heartbeat(n, p, s, { track: block('track_interface', ['eth0']) })),
    nginx: nginx(),
  },
};
