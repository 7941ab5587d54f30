import { type Fact, stated } from '../../model/fact.ts';
import type { Source, SourceText } from '../../syntax/source.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { ignoreRest, scalar } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import { isRuntimeInit, key, onlyQuotes, parseDeclaration, statesClass, text } from '../f5-json.ts';
import { standardSetting } from '../f5-variables.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { type Context, devicesOf, entity, itemsOf, ofClass, rootsOf } from './context.ts';
import { buildHa } from './ha.ts';
import { buildNetwork } from './network.ts';

const PARTS = /(?:schemaVersion|Common|declaration)["']?[ \t\r\n]{0,40}:/;

function recognise(source: SourceText): Recognition | undefined {
  if (!statesClass(source.text, 'Device|DO') || !PARTS.test(source.text) || onlyQuotes(source)) return undefined;
  return { score: 0.95, why: 'has an object of class Device or DO' };
}

/** `hostname` of the tenant, or of a System object. */
function hostnameOf(source: Source): Fact<string> | undefined {
  return hostnameIn(rootsOf(source.statements));
}

function hostnameIn(roots: readonly Statement[]): Fact<string> | undefined {
  const common = roots.find((s) => s.words[0] === 'Common');
  const direct = common && text(common, 'hostname');
  const system = itemsOf(roots).find((item) => item.class === 'System');
  return direct ?? (system && text(system.statement, 'hostname'));
}

/**
 * A declaration is for one device (DO has no form for several), but playbooks and variables collect them.
 * Which device one without a host name is for cannot be told: beside others it is left out.
 */
function split(source: Source): readonly Source[] {
  if (isRuntimeInit(source.statements)) return [source];
  const byName = new Map<string, Statement[]>();
  for (const members of devicesOf(source.statements)) {
    const name = hostnameIn(members)?.value;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), ...members]);
  }
  if (byName.size < 2) return [source];
  ignoreRest(source.statements);
  return [...byName.values()].map((statements) => ({ ...source, statements }));
}

/** Database variables, which an object of class DbVariables names freely. */
function addVariables(context: Context): void {
  for (const { statement } of ofClass(context, 'DbVariables')) {
    for (const s of statement.children) {
      const value = scalar(s);
      const setting = value && standardSetting((s.words[0] as string).toLowerCase(), value);
      if (!setting) continue;
      s.use = 'read';
      context.facts.settings.push({ ...entity(context, placeOfStatement(s)), ...setting });
    }
  }
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const facts = noFacts('load-balancer');
  const roots = host.sources.flatMap((source) => rootsOf(source.statements));
  const hostname = host.sources.map(hostnameOf).find((fact) => fact !== undefined);
  const context: Context = { device: host.device, facts, roots, items: itemsOf(roots), ...(hostname ? { hostname } : {}) };
  if (hostname) facts.hostname = hostname;
  buildNetwork(context);
  buildHa(context);
  addVariables(context);
  const servers = ofClass(context, 'NTP').flatMap((item) => key(item.statement, 'servers') ?? []);
  const first = servers.flatMap((s) => s.children).find((s) => scalar(s) !== undefined);
  const none = servers.find((s) => s.children.length === 0 && s.words.length === 1 && !s.maybe);
  if (first) facts.timeSync = stated(true, placeOfStatement(first));
  else if (none) facts.timeSync = stated(false, placeOfStatement(none));
  // Without a device group it may be a part of the onboarding, or the unit that joins; of several only the first is read.
  const several = host.sources.some(({ statements }) => !isRuntimeInit(statements) && devicesOf(statements).length > 1);
  if (several || ofClass(context, 'DeviceGroup').length === 0) facts.fragment = true;
  for (const source of host.sources) ignoreRest(source.statements);
  return facts;
}

/** F5 BIG-IP Declarative Onboarding: a declaration of one device in JSON or YAML. */
export const f5Do: Platform = {
  id: 'f5-do',
  title: 'F5 Declarative Onboarding',
  comment: '',
  host: 'f5',
  data: true,
  sharesFiles: true,
  recognise,
  parse: parseDeclaration,
  split,
  hostname: hostnameOf,
  extent: ({ statements }) =>
    isRuntimeInit(statements) || itemsOf(rootsOf(statements)).some((item) => item.class === 'VLAN') ? 'main' : 'part',
  read,
};
