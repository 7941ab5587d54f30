import type { SourceText } from '../../syntax/source.ts';
import type { Diagnostic, Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { refusedParam, refusedRange, refusedTimeout } from './refused-values.ts';
import { SECTIONS } from './sections.ts';

/**
 * What `haproxy -c` refuses, whatever its version; each was tried. What stands behind a condition, and what a template
 * or the environment fills in, may be right.
 */
export function refusalsIn(source: SourceText, text: string, sections: readonly Statement[]): Diagnostic[] {
  if (source.template) return [];
  const found: Diagnostic[] = [];
  const lines = /["']/.test(text) ? text.split('\n') : [];
  const look = (s: Statement, section: Statement | undefined): void => {
    if (s.maybe) return;
    const add = (message: string, clear?: true): void => {
      found.push({ kind: 'syntax', file: s.file, line: s.line, message, ...(clear ? { clear } : {}) });
    };
    // Old versions know no quotes, but these words, which new ones do not know.
    if (hasOpenQuote(lines[s.line - 1] ?? '') && !/^(?:req|rsp)/.test(s.words[0] as string)) add('quoted text is never closed');
    const message = section ? refusedLine(s, section) : refusedSection(s);
    if (message !== undefined) add(message, true);
  };
  for (const section of sections) {
    look(section, undefined);
    for (const line of section.children) look(line, section);
  }
  return found;
}

/** Single quotes take everything as it is; a comment begins anywhere. */
function hasOpenQuote(line: string): boolean {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (char === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#') return false;
  }
  return quote !== '';
}

function refusedSection({ words }: Statement): string | undefined {
  const [kind = '', name = ''] = words;
  if (SECTIONS[kind]?.named && name === '') return `'${kind}' has no name`;
  if (!/^(?:frontend|backend|listen)$/.test(kind) || isUnknown(name)) return undefined;
  const wrong = /[^\w.:-]/.exec(name)?.[0];
  return wrong === undefined ? undefined : `the name of a ${kind} may not contain '${wrong}'`;
}

/** Lines that say something of a proxy, and what they need behind them. */
function refusedLine(line: Statement, section: Statement): string | undefined {
  const { words } = line;
  const [keyword = '', first] = words;
  const kind = section.words[0] as string;
  if (words.some(isUnknown)) return undefined;
  if (kind === 'defaults' && /^(?:bind|server|server-template)$/.test(keyword)) return `'${keyword}' may not stand in 'defaults'`;
  if (kind !== 'defaults' && kind !== 'frontend' && kind !== 'backend' && kind !== 'listen') return undefined;
  switch (keyword) {
    case 'timeout':
      return refusedTimeout(words);
    case 'default-server':
      return kind === 'frontend' ? undefined : refusedParam(line);
    case 'bind':
      return kind === 'backend' ? undefined : first === undefined ? "'bind' has no address" : refusedBind(first);
    case 'server':
      return kind === 'frontend' ? undefined : (refusedAddress(keyword, words[2]) ?? refusedParam(line));
    case 'server-template':
      return kind === 'frontend' ? undefined : (refusedAddress(keyword, words[3]) ?? refusedRange(words[2] ?? '') ?? refusedParam(line));
    case 'default_backend':
    case 'use_backend':
      return kind === 'backend' || kind === 'defaults' || first !== undefined ? undefined : `'${keyword}' names no backend`;
    default:
      return undefined;
  }
}

function refusedAddress(keyword: string, address: string | undefined): string | undefined {
  return address === undefined ? `'${keyword}' has no address` : refusedPort(address, 0);
}

function refusedBind(addresses: string): string | undefined {
  for (const address of addresses.split(',')) {
    const message = address === '' ? undefined : refusedPort(address, 1);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** A socket's path or name, which has no port. */
const LOCAL = /^(?:[\w+]*@)?(?:\/|@)|^(?:\w+\+)?(?:unix|abns|abnsz|fd|sockpair|rhttp|rev)@/;

/** What is wrong with the port behind an address's last colon; a range counts by its greater end. */
function refusedPort(address: string, least: 0 | 1): string | undefined {
  if (LOCAL.test(address)) return undefined;
  const tail = address.endsWith(']') ? '' : address.slice(address.lastIndexOf(':') + 1 || address.length);
  if (tail === '') return least === 0 ? undefined : `'${address}' has no port`;
  for (const port of /^\d+(?:-\d+)?$/.test(tail) ? tail.split('-') : []) {
    if (Number(port) < least || Number(port) > 65_535) return `there is no port ${port}`;
  }
  return undefined;
}
