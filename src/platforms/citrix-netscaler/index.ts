import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { noFacts, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { type Context, refer } from './context.ts';
import { add, change, duplicateRemark, extend, KINDS, type Kind, nameIndex, noDefinitions, switchState } from './definition.ts';
import { parse } from './grammar.ts';
import { buildHa, hasPeer } from './ha.ts';
import { buildNetwork } from './interfaces.ts';
import { buildMonitors } from './monitors.ts';
import { IGNORED, isCommand } from './noise.ts';
import { PAGES } from './pages.ts';
import { recognise } from './recognise.ts';
import { buildBalancing } from './virtual-servers.ts';

type Handlers = HandlerTable<Context>;

/** The commands of one kind of object. */
function commandsOf(kind: Kind): [string, Handlers[string]][] {
  const about = (list: 'statements' | 'bindings') => (s: Statement, context: Context) => {
    if (!extend(context.definitions, kind, s, list)) context.dangling.push({ kind, statement: s, word: nameIndex(kind) });
  };
  const changes = (s: Statement, context: Context): void => change(context.definitions, kind, s);
  return [
    [
      `add ${kind}`,
      (s, context) => {
        const earlier = add(context.definitions, kind, s);
        if (earlier) context.facts.remarks.push(duplicateRemark(s, earlier, kind, context.device));
      },
    ],
    [`set ${kind}`, about('statements')],
    [`bind ${kind}`, about('bindings')],
    [`enable ${kind}`, (s, context) => switchState(context.definitions, kind, s, true)],
    [`disable ${kind}`, (s, context) => switchState(context.definitions, kind, s, false)],
    [`unbind ${kind}`, changes],
    [`rename ${kind}`, changes],
    [`rm ${kind}`, changes],
    [`unset ${kind}`, 'ignore'],
  ];
}

const collect =
  (list: 'nsConfig' | 'ips' | 'routes' | 'haNodes' | 'ntp' | 'monitorBindings') =>
  (s: Statement, context: Context): void => {
    context[list].push(s);
  };

const { run } = compileHandlers<Context>(
  {
    ...IGNORED,
    ...Object.fromEntries(KINDS.flatMap(commandsOf)),
    'set ns config': collect('nsConfig'),
    'set ns hostname': (s, context) => {
      const hostname = wordFact(s, 3);
      if (hostname) context.facts.hostname = hostname;
    },
    'add ns ip': collect('ips'),
    'add ns ip6': collect('ips'),
    'add route': collect('routes'),
    'add route6': collect('routes'),
    'set route': 'ignore',
    'add ha node': collect('haNodes'),
    'set ha node': collect('haNodes'),
    'bind ha node': collect('haNodes'),
    'add ntp server': collect('ntp'),
    'enable ntp sync': collect('ntp'),
    'bind lb monitor': collect('monitorBindings'),
    'bind mon': collect('monitorBindings'),
  },
  { ignoreCase: true },
);

const HEADER = /^#(NS\d+\.\d+ Build [\w.]+)/m;

/** The software version of the `#NS13.1 Build 49.15` header. */
function software(source: Source): Fact<string> | undefined {
  const header = HEADER.exec(source.text.slice(0, 65_536));
  const version = header?.[1];
  if (!header || version === undefined || source.template) return undefined;
  const line = source.text.slice(0, header.index).split('\n').length;
  return stated(version, { file: source.path, line, column: 2, endLine: line, endColumn: 2 + version.length });
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const facts = noFacts('load-balancer');
  const versions = host.sources.map(software);
  const version = versions.find((fact) => fact !== undefined);
  const context: Context = {
    device: host.device,
    facts,
    definitions: noDefinitions(),
    nsConfig: [],
    ips: [],
    routes: [],
    haNodes: [],
    ntp: [],
    monitorBindings: [],
    dangling: [],
    complete: version !== undefined && host.sources.every((source) => !source.template),
  };
  for (const source of host.sources)
    run(
      source.statements.filter((s) => isCommand(s.words[0])),
      context,
    );
  if (version) facts.software = version;
  buildNetwork(context);
  buildHa(context);
  buildMonitors(
    context,
    host.sources.flatMap((source) => source.statements),
  );
  buildBalancing(context);
  for (const { kind, statement, word } of context.dangling) refer(context, statement, word, kind);
  const ntp = context.ntp[0];
  if (ntp) facts.timeSync = stated(true, placeOfHead(ntp));
  else if (context.complete && hasPeer(context)) facts.timeSync = byDefault(false, PAGES.ntp);
  return facts;
}

/** Commands that only the configuration of one node carries, as opposed to a script for any. */
function isOneNodes(s: Statement): boolean {
  return /^(?:set ns (?:config|hostname)|(?:add|set|bind) ha node)$/i.test(s.words.slice(0, 3).join(' '));
}

/** Citrix NetScaler (ADC): a saved ns.conf or a script of its commands. */
export const citrixNetscaler: Platform = {
  id: 'citrix-netscaler',
  title: 'Citrix NetScaler',
  comment: '#',
  recognise,
  parse,
  hostname: (source) => {
    const command = source.statements.find((s) => s.words.slice(0, 3).join(' ').toLowerCase() === 'set ns hostname');
    return command && wordFact(command, 3);
  },
  extent: (source) => (HEADER.test(source.text.slice(0, 65_536)) || source.statements.some(isOneNodes) ? 'main' : 'part'),
  read,
};
