import type { Statement } from '../../syntax/statement.ts';
import { piece, splitPairs } from './pairs.ts';

const VERB =
  /^(?:create|modify|mv|delete|edit|cp|run|save|load|list|show|cd|restart|start|stop|install|reboot|send-mail|submit|generate|publish|reset-stats|quit|exit)$/;
const CHANGES: ReadonlySet<string> = new Set(['create', 'modify', 'mv']);
/** Words between an object's type and its properties: 2 for `ltm pool`, 3 for `ltm monitor http`; none for objects without a name. */
const TYPES_OF_THREE =
  /^(?:ltm (?:monitor|profile|persistence|data-group|auth|message-routing)|gtm (?:monitor|pool|wideip)|net (?:tunnels|ipsec|rate-shaping|fdb|routing)|sys (?:file|application|icall|crypto|log-config|disk|management-dhcp)|security (?:log|firewall|dos)|apm (?:profile|policy|aaa))$/;
const NAMELESS =
  /^(?:sys (?:global-settings|ntp|dns|snmp|syslog|httpd|sshd|clock|outbound-smtp|state-mirroring)|net (?:self-allow|stp-globals|lldp-globals)|ltm default-node-monitor|auth (?:source|password-policy|remote-user)|cli (?:preference|global-settings))$/;
const MODULE = /^(?:ltm|gtm|net|sys|cm|auth|cli|security|apm|asm|pem|ilx|wom|vcmp|analytics|util|saas|api-protection)$/;

/** How many words name an object of a kind: its type, and its name where it has one. */
export function headLength(words: readonly string[]): number {
  const type = words.slice(0, 2).join(' ');
  return NAMELESS.test(type) ? 2 : TYPES_OF_THREE.test(type) ? 4 : 3;
}

/** Index of the verb: the first word, or the one after `tmsh`. Objects of a saved configuration have none. */
function verbAt(s: Statement): number | undefined {
  const at = /^(?:\/usr\/bin\/)?tmsh$/.test(s.words[0] ?? '') ? (s.words[1] === '-c' ? undefined : 1) : 0;
  return at !== undefined && VERB.test(s.words[at] ?? '') ? at : undefined;
}

/** Turns tmsh commands into the objects that they create or change; a saved configuration stays as it is. */
export function fromCommands(statements: readonly Statement[]): Statement[] {
  const objects: Statement[] = [];
  let current: Statement | undefined;
  for (const s of statements) {
    const verb = verbAt(s);
    if (verb !== undefined) {
      current = objectOf(s, verb);
      objects.push(current);
    } else if (current && s.line === current.endLine && !MODULE.test(s.words[0] ?? '')) {
      for (const one of splitPairs(s, current)) current.children.push(one);
      current.endLine = s.endLine;
      current.endColumn = s.endColumn;
    } else {
      current = undefined;
      objects.push(s);
    }
  }
  return objects;
}

function objectOf(s: Statement, verbIndex: number): Statement {
  const verb = s.words[verbIndex] as string;
  if (!CHANGES.has(verb))
    return { ...s, words: [verb, ...s.words.slice(verbIndex + 1)], columns: s.columns.slice(verbIndex), ends: s.ends.slice(verbIndex) };
  let from = verbIndex + 1;
  const slashed = s.words[from]?.startsWith('/') === true;
  if (s.words[from] === '/') from++;
  const words = s.words.slice(from).map((word, i) => (i === 0 && slashed ? word.replace(/^\//, '') : word));
  const head = headLength(words);
  if (verb === 'mv') return renamed(s, from, words, head);
  const rest = from + head < s.words.length;
  const object: Statement = {
    ...piece(s, from, Math.min(from + head, s.words.length), undefined),
    words: words.slice(0, head),
    line: s.line,
    column: s.column,
    endLine: s.endLine,
    endColumn: s.endColumn,
    children: rest ? [] : s.children,
  };
  if (rest) for (const one of splitPairs(piece(s, from + head, s.words.length, object), object)) object.children.push(one);
  return object;
}

/** `mv cm device OLD NEW`: from here on the object has the new name. */
function renamed(s: Statement, from: number, words: readonly string[], head: number): Statement {
  const name = from + head;
  const kept = [...words.slice(0, head - 1), words[head] ?? words[head - 1] ?? ''];
  const indices = [...kept.keys()].map((i) => (i === head - 1 && words[head] !== undefined ? name : from + i));
  return {
    ...s,
    words: kept,
    columns: indices.map((i) => s.columns[i] ?? s.column),
    ends: indices.map((i) => s.ends[i] ?? s.endColumn),
    children: [],
  };
}
