import { type BraceGrammar, parseBraces } from '../../syntax/braces.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';
import { fromCommands } from './commands.ts';
import { splitPairs } from './pairs.ts';

/** Objects whose block is Tcl or APL, by their first words. */
const SCRIPTS: readonly string[] = [
  'ltm rule',
  'gtm rule',
  'pem irule',
  'cli script',
  'sys application template',
  'sys application apl-script',
  'sys icall script',
];

const GRAMMAR: BraceGrammar = {
  ends: 'newline',
  quotes: '"',
  escapes: true,
  comments: '#',
  multilineQuotes: true,
  continuations: true,
  opaque: (words) => {
    const from = words.findIndex((word) => /^(ltm|gtm|pem|cli|sys)$/.test(word));
    return from >= 0 && from < 3 && SCRIPTS.some((script) => words.slice(from, from + script.split(' ').length).join(' ') === script);
  },
};

/** A prompt before a command: `root@(bigip1)(cfg-sync In Sync)(Active)(/Common)(tmos)#`, `[admin@bigip1:Active] config #`. */
const PROMPT = /^[ \t]*\[?[\w.-]{1,64}@[^#\n]{1,200}#/gm;

/** Reads a bigip.conf, an SCF, `tmsh list` output or a script of tmsh commands into objects: `module type name { properties }`. */
export function parse(source: SourceText): ParsedText {
  const text = source.text.replace(PROMPT, (prompt) => ' '.repeat(prompt.length));
  const { statements, diagnostics } = parseBraces(text, source.path, GRAMMAR);
  const objects = fromCommands(statements);
  for (const object of objects) splitAll(object);
  return { statements: objects, diagnostics };
}

/** Gives each property of a one-line block a statement of its own, all the way down. */
function splitAll(root: Statement): void {
  const stack = [root];
  for (let s = stack.pop(); s; s = stack.pop()) {
    const children = s.children.flatMap((c) => (c.line === s?.line ? splitPairs(c) : [c]));
    s.children.length = 0;
    for (const one of children) s.children.push(one);
    for (const one of children) stack.push(one);
  }
}
