import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { headFact, noFacts, wordFact } from '../entity.ts';
import { standardSetting } from '../f5-variables.ts';
import type { HostSources, Platform } from '../platform.ts';
import { all, type Context, entity, single } from './context.ts';
import { selfDevice } from './devices.ts';
import { parse } from './grammar.ts';
import { buildPeerings } from './ha.ts';
import { buildMonitors } from './monitors.ts';
import { buildNetwork } from './network.ts';
import { IGNORED } from './noise.ts';
import { definitionOf, entriesOf, file, numberOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';
import { isScript, recognise } from './recognise.ts';
import { buildTrafficGroups } from './traffic-groups.ts';
import { buildBalancing } from './virtuals.ts';

/** Kinds of objects that are read. */
const KINDS = `cm device,cm device-group,cm traffic-group,ltm monitor,ltm node,ltm pool,ltm virtual,ltm virtual-address,ltm profile,
ltm default-node-monitor,net interface,net trunk,net vlan,net self,net self-allow,net route,net tunnels,sys db,sys folder,sys global-settings,
sys ha-group,sys management-ip,sys ntp`
  .split(/,\s*/)
  .map((kind) => kind.trim());

const collect =
  (kind: string) =>
  (s: Statement, context: Context): void => {
    file(context.kinds, kind, s);
  };

const { run } = compileHandlers<Context>({
  ...Object.fromEntries(IGNORED.map((path): [string, 'ignore'] => [path, 'ignore'])),
  ...Object.fromEntries(KINDS.map((kind): [string, HandlerTable<Context>[string]] => [kind, collect(kind)])),
  delete: (s, context) => remove(s, context),
  'run sys failover': (s, context) => forceState(s, context),
  'run /sys failover': (s, context) => forceState(s, context),
});

/** `delete ltm pool web`: the object is gone from here on. */
function remove(s: Statement, context: Context): void {
  const [, module = '', type = '', name = ''] = s.words;
  const objects = context.kinds.get(`${module.replace(/^\//, '')} ${type}`);
  for (const key of [...(objects?.keys() ?? [])]) if (key === name || key === `/Common/${name}`) objects?.delete(key);
}

/** `run sys failover offline`: the unit stays out until `online`. What concerns one traffic group or another device is left aside. */
function forceState(s: Statement, context: Context): void {
  s.use = 'read';
  const [, , , state = '', ...options] = s.words;
  if (!['offline', 'online'].includes(state) || options.some((word) => !['persist', 'no-persist'].includes(word))) return;
  const value = headFact(s, state === 'offline');
  const { settings } = context.facts;
  settings.splice(0, settings.length, ...settings.filter(({ name }) => name !== 'forced-offline'));
  if (value) settings.push({ ...entity(context, placeOfHead(s)), name: 'forced-offline', value });
}

const HEADER = /^#TMSH-VERSION: ?([\w.-]{1,32})/m;

/** The version that `#TMSH-VERSION` states. */
function headerVersion(source: Source): Fact<string> | undefined {
  const header = HEADER.exec(source.text.slice(0, 65_536));
  const version = header?.[1];
  if (!header || version === undefined || source.template) return undefined;
  const line = source.text.slice(0, header.index).split('\n').length;
  return stated(version, { file: source.path, line, column: 1, endLine: line, endColumn: header[0].length + 1 });
}

/** Kinds that only the base part of a saved configuration holds. */
const BASE = /^(?:cm (?:device|device-group|traffic-group)|net (?:interface|vlan|trunk)|sys global-settings)$/;

function kindOf(s: Statement): string {
  return s.words.slice(0, 2).join(' ');
}

function contextOf(host: HostSources): Context {
  const saved = host.sources.filter((source) => !isScript(source.text.slice(0, 65_536)));
  return {
    device: host.device,
    facts: noFacts('load-balancer'),
    kinds: new Map(),
    hasBase: saved.some((source) => source.statements.some((s) => BASE.test(kindOf(s)) && kindOf(s).startsWith('cm '))),
    saved:
      host.sources.some((source) => headerVersion(source) !== undefined) ||
      saved.some((s) => s.statements.some((o) => kindOf(o) === 'cm device')),
    scripted: saved.length < host.sources.length,
  };
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const context = contextOf(host);
  const { facts } = context;
  for (const source of host.sources) run(source.statements, context);
  const settings = single(context, 'sys global-settings');
  const own = selfDevice(context);
  const hostname = (settings && textOf(settings, 'hostname')) ?? (own && textOf(own, 'hostname'));
  if (hostname) facts.hostname = hostname;
  const version = host.sources.map(headerVersion).find((fact) => fact !== undefined) ?? (own && textOf(own, 'version'));
  if (version) facts.software = version;
  buildNetwork(context);
  buildPeerings(context);
  buildTrafficGroups(context);
  buildMonitors(context);
  buildBalancing(context);
  addSettings(context);
  if (!context.hasBase || context.scripted) facts.fragment = true;
  for (const kind of context.kinds.values()) for (const object of kind.values()) object.statements.forEach(markRest);
  return facts;
}

/** NTP, and the database variables of failover, mirroring and config sync. */
function addSettings(context: Context): void {
  const ntp = single(context, 'sys ntp');
  const servers = ntp && entriesOf(ntp, 'servers');
  const first = servers?.entries[0];
  if (first) context.facts.timeSync = stated(true, first.at);
  else if (context.hasBase && !context.scripted && !servers?.open) context.facts.timeSync = byDefault(false, PAGES.ntp);
  for (const variable of all(context, 'sys db')) {
    const name = variable.name.toLowerCase();
    const value = textOf(variable, 'value');
    if (!value || !/^(?:failover|statemirror|configsync|tmm\.ha|log\.failover)\./.test(name)) continue;
    const number = numberOf(variable, 'value');
    const about = entity(context, placeOfStatement(definitionOf(variable)));
    context.facts.settings.push({ ...about, name, value: number ?? value });
    const setting = standardSetting(name, value);
    if (setting) context.facts.settings.push({ ...about, ...setting });
  }
}

/** A saved object holds only properties that the system knows: those that nobody asked for are of no concern to HA. */
function markRest(root: Statement): void {
  const stack = [...root.children];
  for (let s = stack.pop(); s; s = stack.pop()) {
    s.use ??= 'ignored';
    for (const one of s.children) stack.push(one);
  }
}

function hostnameOf(source: Source): Fact<string> | undefined {
  const settings = source.statements.findLast(
    (s) => kindOf(s) === 'sys global-settings' && s.children.some((c) => c.words[0] === 'hostname'),
  );
  const hostname = settings?.children.findLast((c) => c.words[0] === 'hostname');
  if (hostname) return wordFact(hostname, 1);
  const self = source.statements.find(
    (s) => kindOf(s) === 'cm device' && s.children.some((c) => c.words[0] === 'self-device' && c.words[1] === 'true'),
  );
  const name = self?.children.find((c) => c.words[0] === 'hostname');
  return name && wordFact(name, 1);
}

/** F5 BIG-IP: bigip.conf, bigip_base.conf, an SCF, `tmsh list` output or scripts of tmsh commands. */
export const f5Bigip: Platform = {
  id: 'f5-bigip',
  title: 'F5 BIG-IP',
  comment: '#',
  host: 'f5',
  recognise,
  parse,
  hostname: hostnameOf,
  extent: (source) => (source.statements.some((s) => BASE.test(kindOf(s))) ? 'main' : 'part'),
  read,
};
