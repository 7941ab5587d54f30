import type { DeviceFacts } from '../model/device.ts';
import type { Fact } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import { means } from '../syntax/cisco-like.ts';
import { compileHandlers, type Dispatcher, type HandlerTable } from '../syntax/handlers.ts';
import { expandInterfaces, type InterfaceDialect } from '../syntax/interface-name.ts';
import { numbersOf, parseRanges } from '../syntax/number-ranges.ts';
import type { Source } from '../syntax/source.ts';
import type { Statement } from '../syntax/statement.ts';
import { cleanTerminalText } from '../syntax/terminal-text.ts';
import { type Defaults, finish } from './cisco-like-finish.ts';
import type { InterfaceScope } from './cisco-like-interface.ts';
import { interfaceDraft, newReading, put, type Reading, vlanDraft } from './cisco-like-reading.ts';
import { readRoute } from './cisco-like-route.ts';
import { type Probe, readProbe, readTrack } from './cisco-like-track.ts';
import { headFact, wordFact } from './entity.ts';
import type { HostSources } from './platform.ts';

/** What one Cisco-like platform adds to the shape they share. */
export interface CiscoLike {
  readonly platform: PlatformId;
  readonly dialect: InterfaceDialect;
  readonly globals: Dispatcher<Reading>;
  readonly interfaces: Dispatcher<InterfaceScope>;
  readonly defaults: Defaults;
  /** Statements whose text an interface takes over before its own (NX-OS `inherit port-profile`). */
  readonly inherited?: (s: Statement, all: readonly Statement[]) => readonly Statement[];
  /** What can only be told when all interfaces and groups are known. */
  readonly after?: (reading: Reading, sources: readonly Source[]) => void;
}

/** Reads a host of a Cisco-like platform. */
export function readCiscoLike(host: HostSources, like: CiscoLike): DeviceFacts {
  const reading = newReading(host.device, like.platform, like.dialect);
  const statements = host.sources.flatMap((source) => source.statements);
  const fragment = isFragment(statements);
  if (fragment) reading.facts.fragment = true;
  if (!fragment && has(statements, 'hostname') && has(statements, 'version')) reading.flags.set('complete', statements[0] as Statement);
  const probes = readProbes(statements);
  readTracks(statements, reading, probes);
  noteProbes(reading, probes, statements);
  like.globals.run(statements, reading);
  for (const s of statements) if (means(s.words[0], 'interface')) readInterface(s, reading, like, statements);
  like.after?.(reading, host.sources);
  return finish(reading, host.sources, like.defaults);
}

function has(statements: readonly Statement[], word: string): boolean {
  return statements.some((s) => s.words[0] === word);
}

/** Kinds of statements that a whole config has; a snippet has few of them. */
const SUBSTANCE = new Set(
  'vlan,interface,ip,ipv6,spanning-tree,feature,vpc,mlag,router,ntp,username,line,aaa,snmp-server,logging,vrf,policy-map,lacp,redundancy,service'.split(
    ',',
  ),
);

/** A note or snippet: no host name, no version, and few kinds of statements. */
function isFragment(statements: readonly Statement[]): boolean {
  if (statements.some((s) => /^(hostname|switchname|version)$/.test(s.words[0] ?? ''))) return false;
  const kinds = new Set(statements.map((s) => (means(s.words[0], 'interface') ? 'interface' : (s.words[0] ?? ''))));
  return [...kinds].filter((kind) => SUBSTANCE.has(kind)).length < 4;
}

function readInterface(s: Statement, reading: Reading, like: CiscoLike, all: readonly Statement[]): void {
  s.use = 'read';
  if (s.maybe) return;
  if (/^(breakout|defaults|profile|counters|macro)$/.test(s.words[1] ?? '')) return;
  const ranged = means(s.words[1], 'range') && s.words.length > 2;
  const options = s.words.findIndex((word, i) => i > 1 && /^(point-to-point|multipoint|type|l2transport|multi-chassis)$/.test(word));
  const words = s.words.slice(ranged ? 2 : 1, options < 0 ? undefined : options);
  const names = expandInterfaces(words, reading.dialect);
  const inherited = like.inherited?.(s, all) ?? [];
  for (const name of names) {
    const port = interfaceDraft(reading, name, s, ranged || names.length > 1);
    like.interfaces.run(inherited, { reading, port });
    like.interfaces.run(s.children, { reading, port });
  }
}

function readProbes(statements: readonly Statement[]): ReadonlyMap<string, Probe> {
  const probes = new Map<string, Probe>();
  for (const s of statements) {
    if (s.words[0] !== 'ip' || s.words[1] !== 'sla') continue;
    s.use = 'read';
    const probe = s.maybe ? undefined : readProbe(s);
    if (probe) probes.set(probe.name, probe);
  }
  return probes;
}

function readTracks(statements: readonly Statement[], reading: Reading, probes: ReadonlyMap<string, Probe>): void {
  for (const s of statements) {
    if (!means(s.words[0], 'track') || s.words[0] === 'tr') continue;
    s.use = 'read';
    for (const line of s.children) line.use ??= 'read';
    const track = s.maybe ? undefined : readTrack(s, reading.dialect, probes);
    if (track) reading.tracks.set(track.name, track);
  }
}

/** References from track objects to the operations and objects they rest on, and operations that never run. */
function noteProbes(reading: Reading, probes: ReadonlyMap<string, Probe>, statements: readonly Statement[]): void {
  if (reading.facts.fragment) return;
  const origin = { device: reading.device, platform: reading.platform };
  const note = (at: Statement, noun: string, name: string, defined: boolean, candidates: readonly string[]): void => {
    reading.facts.references.push({ ...origin, at: headPlace(at), to: 'trigger', noun, name, defined, candidates });
  };
  for (const track of reading.tracks.values()) {
    if (track.sla !== undefined) note(track.statement, 'ip sla', track.sla, probes.has(track.sla), [...probes.keys()]);
    for (const part of track.parts) note(part.at, 'track', part.name, reading.tracks.has(part.name), [...reading.tracks.keys()]);
  }
  const scheduled = statements.filter(
    (s) => s.words[0] === 'ip' && s.words[1] === 'sla' && /^(schedule|group|auto)/.test(s.words[2] ?? ''),
  );
  for (const probe of probes.values()) {
    const users = [...reading.tracks.values()].filter((track) => track.sla === probe.name);
    if (users.length === 0 || scheduled.some((s) => s.words.includes(probe.name) || /^(group|auto)/.test(s.words[2] ?? ''))) continue;
    reading.facts.remarks.push({
      ...origin,
      at: headPlace(probe.statement),
      kind: 'ineffective',
      subject: `ip sla ${probe.name}`,
      text: `ip sla ${probe.name} is never scheduled, so it sends no probe and track ${users.map((u) => u.name).join(', ')} learns nothing`,
      suggestion: `ip sla schedule ${probe.name} life forever start-time now`,
    });
  }
}

function headPlace(s: Statement): { file: string; line: number; column: number; endLine: number; endColumn: number } {
  return { file: s.file, line: s.line, column: s.column, endLine: s.line, endColumn: s.ends.at(-1) ?? s.column };
}

/** The global statements that IOS, NX-OS and EOS have in common. Interfaces, tracks and probes are read apart. */
export const GLOBAL_TABLE: HandlerTable<Reading> = {
  hostname: (s, { facts }) => {
    const name = wordFact(s, 1);
    if (name) facts.hostname = name;
  },
  version: (s, { facts }) => {
    const version = wordFact(s, 1);
    if (version) facts.software = version;
  },
  interface: () => undefined,
  track: () => undefined,
  'ip sla': () => undefined,
  'spanning-tree': () => undefined,
  'no spanning-tree': () => undefined,
  vlan: readVlan,
  'ip route': (s, reading) => readRoute(s, reading),
  'ipv6 route': (s, reading) => readRoute(s, reading),
  'ntp server': readTime,
  'ntp peer': readTime,
  'sntp server': readTime,
  'key chain': readKeyChain,
};

/** Global statements that no question of HA depends on, in any of the dialects. */
export const GLOBAL_NOISE: HandlerTable<Reading> = Object.fromEntries(
  [
    ...'configure,end,exit,write,copy,show,checkpoint,boot,boot-start-marker,boot-end-marker,building,current,using,last,no,default'.split(
      ',',
    ),
    ...'service,aaa,username,enable,password,userpassphrase,user,role,tacacs,tacacs-server,radius,radius-server,ssh,telnet,login,license'.split(
      ',',
    ),
    ...'logging,snmp,snmp-server,rmon,line,banner,clock,call-home,callhome,archive,alias,cli,errdisable,crypto,control-plane,hw-module'.split(
      ',',
    ),
    ...'class-map,policy-map,table-map,route-map,access-list,ip,ipv6,mac,arp,router,mls,qos,platform,system,power,redundancy,diagnostic'.split(
      ',',
    ),
    ...'ntp,lldp,cdp,udld,vtp,mmi,memory,multilink,hardware,lacp,port-channel,monitor,flow,sampler,dot1x,device-tracking,cts,key'.split(
      ',',
    ),
    ...'event,kron,scheduler,transceiver,queue-monitor,management,daemon,sflow,tap,dhcp,terminal,prompt,file,exception,process'.split(','),
    ...'subscriber,bfd,mpls,l2vpn,nv,parameter-map,template,object-group,wsma,ethernet,fips,switching-mode,nxapi,evpn,pim,igmp'.split(','),
    ...'load-interval,macro,netconf,netconf-yang,restconf,voice,sccp,dial-peer,gatekeeper,mgcp,tcp,udp,authentication,access-session'.split(
      ',',
    ),
    ...'ptp,poe,application,stun,dns,event-handler,event-monitor,cvx,mcs,match-list,dynamic,sync-e,vmtracer,priority-flow-control'.split(
      ',',
    ),
    ...'address,group,switchport,hash-algorithm,EOF,trap,track-group,domain,resource,pki,set,group-policy,firewall,zone,zone-pair'.split(
      ',',
    ),
    ...'agent,email,patch,schedule,slot,install,icam,vdc,cfs,limit-resource,rd,rmon,security,privilege,setup,sdm,stack-mac,cable,upgrade'.split(
      ',',
    ),
  ].map((path) => [path, 'ignore' as const]),
);

function readTime(s: Statement, { facts }: Reading): void {
  const known = headFact(s, true);
  if (known && !facts.timeSync) facts.timeSync = known;
}

function readVlan(s: Statement, reading: Reading): void {
  const ids = parseRanges(s.words.slice(1).join(''));
  if (!ids || s.maybe) return;
  for (const line of s.children) line.use = line.words[0] === 'name' ? 'read' : 'ignored';
  const name = s.children.findLast((line) => line.words[0] === 'name');
  const numbers = numbersOf(ids);
  for (const id of numbers) {
    const vlan = vlanDraft(reading, id, s);
    if (numbers.length === 1) vlan.entity.at = { ...headPlace(s), endLine: s.endLine, endColumn: s.endColumn };
    if (name && numbers.length === 1) put(vlan, 'name', wordFact(name, 1));
  }
}

function readKeyChain(s: Statement, reading: Reading): void {
  const name = wordFact(s, 2);
  const lines = [...s.children, ...s.children.flatMap((c) => c.children)];
  for (const line of lines) line.use = 'read';
  const keys = lines.filter((line) => line.words[0] === 'key-string').map((statement) => ({ statement, word: 1 }));
  if (name) reading.keyChains.set(name.value, keys);
}

/**
 * Compiles a platform's tables; on these prompts every keyword may be abbreviated. `noise` comes last, so
 * that `sh` is `shutdown` and not `shape`; a later table replaces entries of an earlier one.
 */
export function compileCiscoLike<C>(noise: HandlerTable<C>, ...tables: readonly HandlerTable<C>[]): Dispatcher<C> {
  const known: HandlerTable<C> = Object.assign({}, ...tables);
  return compileHandlers({ ...known, ...noise, ...known }, { abbreviations: true });
}

/** The host name that a config states, or the prompt before `show run` in a terminal's log. */
export function hostnameOf(source: Source): Fact<string> | undefined {
  const s = source.statements.findLast((statement) => /^(hostname|switchname)$/.test(statement.words[0] ?? ''));
  if (s) return wordFact(s, 1);
  const prompt = cleanTerminalText(source.text, source.path).promptHost;
  if (!prompt) return undefined;
  const before = source.text.slice(0, prompt.offset);
  const line = before.split('\n').length;
  const column = prompt.offset - before.lastIndexOf('\n');
  return { value: prompt.name, at: { file: source.path, line, column, endLine: line, endColumn: column + prompt.name.length } };
}
