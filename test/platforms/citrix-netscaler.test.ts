import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { citrixNetscaler } from '../../src/platforms/citrix-netscaler/index.ts';

function load(text: string, path = 'ns.conf') {
  const source = { path, text, template: false };
  return { ...source, ...citrixNetscaler.parse(source) };
}

function read(text: string) {
  return citrixNetscaler.read({ device: 'ns1', sources: [load(text)] });
}

const HEADER = '#NS13.1 Build 53.17\n';
const PAIR = `${HEADER}set ns config -IPAddress 10.0.0.1 -netmask 255.255.255.0
set interface 1/1 -ifnum 1/1
set interface 1/2 -haMonitor OFF -ifnum 1/2
add HA node 1 10.0.0.2
`;

describe('recognition', () => {
  test('takes a saved configuration by its header, a script by its commands, and nothing else', () => {
    const score = (text: string) => citrixNetscaler.recognise({ path: 'x', text, template: false })?.score;
    expect(score(`${HEADER}set ns hostName a`)).toBe(1);
    expect(score('add lb vserver v HTTP 10.0.0.1 80\nbind lb vserver v g')).toBeGreaterThan(0.6);
    expect(score('add rule\nset system host-name r1\n')).toBeUndefined();
  });
  test('states the software version and where it stands', () => {
    expect(read(HEADER).software).toEqual({
      value: 'NS13.1 Build 53.17',
      at: { file: 'ns.conf', line: 1, column: 2, endLine: 1, endColumn: 20 },
    });
  });
});

describe('the HA pair', () => {
  test('knows its own address, its peer and the documented timers', () => {
    const [peering] = read(PAIR).peerings;
    expect(peering).toMatchObject({
      self: { value: '10.0.0.1' },
      peers: [{ address: { value: '10.0.0.2', at: { line: 5 } } }],
      heartbeatInterval: { value: 200 },
      deadInterval: { value: 3000 },
      syncEnabled: { value: true },
    });
    expect(peering?.deadInterval).toHaveProperty('default');
  });
  test('fails over on interfaces with HAMON on, by default or said so, and on no others', () => {
    const [member] = read(PAIR).members;
    expect(member?.triggers.map((t) => t.target)).toEqual(['1/1']);
  });
  test('a failover interface set needs all of its interfaces, which then are critical no longer', () => {
    const [member] = read(`${PAIR}set interface 1/3 -ifnum 1/3\nadd fis f\nbind fis f 1/1 1/3\n`).members;
    expect(member?.triggers).toMatchObject([{ target: 'f', interfaces: ['1/1', '1/3'], needsAll: true }]);
  });
  test('ports of a channel count as the channel', () => {
    const [member] = read(`${PAIR}set interface 1/1 -lacpMode ACTIVE -lacpKey 3\nset channel LA/3 -mtu 9000\n`).members;
    expect(member?.triggers).toMatchObject([{ target: 'LA/3', watches: 'trunk' }]);
  });
  test('says when heartbeats are off on every interface', () => {
    const facts = read(`${HEADER}set interface 1/1 -HAHeartbeat OFF\nadd HA node 1 10.0.0.2\n`);
    expect(facts.peerings[0]?.heartbeatEnabled).toMatchObject({ value: false, at: { line: 2 } });
  });
  test('settings of the node itself are read in any case and order', () => {
    const [member] = read(`${PAIR}set ha node 0 -failsafe ON -HASTATUS STAYSECONDARY -haSync DISABLED`).members;
    expect(member?.extra).toMatchObject({
      haStatus: { value: 'STAYSECONDARY' },
      failSafe: { value: true },
      haSync: { value: false },
      haProp: { value: true },
    });
  });
  test('settings without a peer make a peering without peers', () => {
    expect(read(`${HEADER}set HA node -failSafe ON`).peerings).toMatchObject([{ peers: [] }]);
  });
  test('rpc nodes and alarms alone are no pair', () => {
    expect(read('set ns rpcNode 10.0.0.1 -password x -encrypted\nset snmp alarm HA-SYNC-FAILURE -time 1').peerings).toEqual([]);
  });
  test('a route monitor on a static route that nothing monitors cannot fire', () => {
    const text = (msr: string) =>
      `${PAIR}add route 10.9.0.0 255.255.0.0 10.0.0.9${msr}\nbind HA node 0 -routeMonitor 10.9.0.0 255.255.0.0\n`;
    const trigger = (msr: string) => read(text(msr)).members[0]?.triggers.find((t) => t.watches === 'route');
    expect(trigger('')).toMatchObject({ target: '10.9.0.0/16', defined: true, cannotFire: { at: { line: 6 } } });
    expect(trigger(' -msr ENABLED')).toMatchObject({ addresses: ['10.0.0.9'] });
    expect(trigger(' -msr ENABLED')).not.toHaveProperty('cannotFire');
  });
  test('SNIPs and VIPs move with the pair; in INC mode SNIPs do not', () => {
    const ips = 'add ns ip 10.0.1.5 255.255.255.0 -vServer DISABLED\nadd ns ip 10.0.1.9 255.255.255.255 -type VIP\n';
    expect(read(PAIR + ips).members[0]?.virtualAddresses.map((v) => v.address)).toEqual(['10.0.1.5', '10.0.1.9']);
    const inc = read((PAIR + ips).replace('10.0.0.2', '10.0.0.2 -inc ENABLED'));
    expect(inc.members[0]?.virtualAddresses.map((v) => v.address)).toEqual(['10.0.1.9']);
  });
});

describe('services and monitors', () => {
  const GROUP = 'add server a 10.1.0.1\nadd server b 10.1.0.2\nadd serviceGroup g TCP\nbind serviceGroup g a 80\nbind serviceGroup g b *\n';
  test('a group without a monitor gets the one that the appliance binds by default', () => {
    const [pool] = read(GROUP).pools;
    expect(pool?.monitored).toMatchObject({ value: true, default: expect.stringContaining('monitor-tcp') });
    expect(pool?.monitors).toMatchObject([{ name: 'tcp-default', builtIn: true }]);
  });
  test('-healthMonitor NO is no check at all, whatever is bound', () => {
    const [pool] = read(`${GROUP}bind serviceGroup g -monitorName tcp\nset serviceGroup g -healthMonitor NO`).pools;
    expect(pool).toMatchObject({ monitored: { value: false, at: { line: 7 } }, monitors: [{ name: 'tcp' }] });
  });
  test('a disabled server takes its members out, and the fact points at the command', () => {
    const [pool] = read(`${GROUP}disable server a`).pools;
    expect(pool?.members.map((m) => m.enabled?.value)).toEqual([false, true]);
    expect(pool?.members[0]?.enabled).toMatchObject({ at: { line: 6 } });
  });
  test('a member on every port has no port', () => {
    expect(read(GROUP).pools[0]?.members.map((m) => m.port?.value)).toEqual([80, undefined]);
  });
  test('knows its built-in monitors and names one that nothing adds', () => {
    const facts = read(
      `${GROUP}add lb monitor web HTTP -interval 2 MIN -resptimeout 300 MSEC -retries 2\nbind serviceGroup g -monitorName https-ecv\nbind serviceGroup g -monitorName wep\n`,
    );
    expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: 'wep', to: 'monitor', at: { line: 8 } }]);
    expect(facts.monitors[0]).toMatchObject({
      interval: { value: 120_000 },
      timeout: { value: 300 },
      fall: { value: 2 },
      detection: { value: 240_300 },
    });
  });
  test('quotes of all kinds hide what is in them', () => {
    const facts = read('add lb monitor m TCP-ECV -send "GET / \\"x\\" -interval 9" -recv q{up -retries 7} -interval 3 # -retries 1');
    expect(facts.monitors[0]).toMatchObject({ interval: { value: 3000 }, fall: { value: 3 }, expects: { value: true } });
  });
});

describe('virtual servers', () => {
  const BASE = 'add server a 10.1.0.1\nadd serviceGroup g HTTP\nbind serviceGroup g a 80\nadd service s a TCP 81\n';
  test('one group is the pool; services and groups together make a pool of the virtual server', () => {
    const facts = read(
      `${BASE}add lb vserver v HTTP 10.0.0.5 80\nbind lb vserver v g\nadd lb vserver w TCP 10.0.0.6 81\nbind lb vserver w s\nbind lb vserver w g\n`,
    );
    expect(facts.virtualServers.map((v) => v.pools.map((p) => p.value))).toEqual([['g'], ['w']]);
    expect(facts.pools.map((p) => [p.name, p.members.map((m) => m.name)])).toEqual([
      ['g', ['a:80']],
      ['w', ['s', 'a:80']],
    ]);
  });
  test('0.0.0.0 is no address, a content switch sends to what is behind its virtual servers', () => {
    const facts = read(
      `${BASE}add lb vserver v HTTP 0.0.0.0 0\nbind lb vserver v g\nadd cs vserver c HTTP 10.0.0.7 80\nadd cs action x -targetLBVserver v\nadd cs policy p -rule true -action x\nbind cs vserver c -policyName p -priority 10\n`,
    );
    const [v, c] = facts.virtualServers;
    expect(v).not.toHaveProperty('address');
    expect(c).toMatchObject({ address: { value: '10.0.0.7' }, pools: [{ value: 'g' }] });
    expect(c).not.toHaveProperty('open');
  });
  test('a pool is in use where a client can reach it: by an address, a content switch, or as a backup', () => {
    const used = (more: string) => read(`${HEADER}${BASE}add lb vserver v HTTP 0.0.0.0 0\nbind lb vserver v g\n${more}`).pools[0]?.used;
    expect(used('')).toBe(false);
    expect(used('add cs vserver c HTTP 10.0.0.7 80\nbind cs vserver c -lbvserver v\n')).toBe(true);
    expect(used('add lb vserver w HTTP 10.0.0.7 80 -backupVServer v\n')).toBe(true);
  });
  test('a command about a content switch that nothing adds is an undefined reference', () => {
    const facts = read(`${BASE}add cs vserver c HTTP 10.0.0.7 80\nadd lb vserver v HTTP 0.0.0.0 0\nbind cs vserver d -lbvserver v\n`);
    expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: 'd', noun: 'cs vserver', at: { line: 7 } }]);
  });
  test('an excerpt that defines no group says nothing of a missing one', () => {
    const facts = read('add lb vserver v HTTP 10.0.0.5 80\nbind lb vserver v elsewhere\n');
    expect(facts.references).toEqual([]);
    expect(facts.virtualServers[0]?.open).toEqual(['pools']);
  });
  test('a second add is refused, and the remark points at both', () => {
    const [remark] = read('add lb vserver v HTTP 10.0.0.5 80\nadd lb vserver v HTTP 10.0.0.6 80\n').remarks;
    expect(remark).toMatchObject({ kind: 'duplicate-definition', subject: 'v', at: { line: 2 }, other: { line: 1 } });
  });
});

describe('whole files', () => {
  const fixture = (set: string, node: number) =>
    load(readFileSync(`fixtures/platforms/citrix-netscaler/${set}/ns-fra-${node}.conf`, 'utf8'));
  test('the good pair is understood to the last line and refers to nothing undefined', () => {
    for (const node of [1, 2]) {
      const source = fixture('good', node);
      const facts = citrixNetscaler.read({ device: 'd', sources: [source] });
      expect(source.statements.filter((s) => s.use === undefined)).toEqual([]);
      expect(facts.references.filter((r) => !r.defined)).toEqual([]);
      expect(facts.timeSync).toMatchObject({ value: true });
    }
  });
  test('no password of the file is in the facts', () => {
    const facts = JSON.stringify(citrixNetscaler.read({ device: 'd', sources: [fixture('good', 1)] }));
    for (const secret of ['5fa1c0de', '0a1b2c3d', '7c1f00aa', '99aa88bb']) expect(facts).not.toContain(secret);
  });
  test('garbled lines are left unrecognised and break nothing', () => {
    const source = load(
      'bdd lb vserver x TCP\nadd\nadd lb vserver\nbind serviceGroup\nset HA node -haStatus\nadd HA node\n"unclosed\nadd ns ip\nadd route x y\nbind vlan\nadd cs vserver c HTTP [IP ADDRESS] 80\n',
    );
    const facts = citrixNetscaler.read({ device: 'd', sources: [source] });
    expect(source.statements[0]?.use).toBeUndefined();
    expect(facts.virtualServers.map((v) => [v.name, v.address])).toEqual([['c', undefined]]);
  });
});
