import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

/** Each is common in nginx files; two of them together no other language has. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*upstream[ \t]+[^\s{;]+[ \t]*\{/m, 'upstream … {'],
  [/^[ \t]*server[ \t]*\{/m, 'server {'],
  [/^[ \t]*location[ \t][^\n{]{1,200}\{/m, 'location … {'],
  [/^[ \t]*listen[ \t][^\n;]{1,200};/m, 'listen …;'],
  [/^[ \t]*server_name[ \t][^\n;]{1,2000};/m, 'server_name …;'],
  [/^[ \t]*(?:proxy|fastcgi|uwsgi|grpc|scgi)_pass[ \t][^\n;]{1,500};/m, 'proxy_pass …;'],
  [/^[ \t]*server[ \t]+[^\s;{]+[^\n;{]{0,200};/m, 'server …;'],
  [/^[ \t]*events[ \t]*\{/m, 'events {'],
  [/^[ \t]*http[ \t]*\{/m, 'http {'],
  [/^[ \t]*stream[ \t]*\{/m, 'stream {'],
  [/^[ \t]*worker_(?:processes|connections)[ \t]+\w+;/m, 'worker_processes …;'],
];

/** Takes a file for nginx's when it has two or more of the directives that make up a proxy's configuration. */
export function recognise(source: SourceText): Recognition | undefined {
  const seen = SIGNS.filter(([pattern]) => pattern.test(source.text)).map(([, name]) => name);
  const named = /(?:^|\/)nginx[^/]*\.conf|(?:^|\/)nginx\/[^/]+/.test(source.path);
  if (seen.length < (named ? 1 : 2)) return undefined;
  return { score: Math.min(0.95, 0.6 + 0.1 * seen.length), why: `has \`${seen.slice(0, 2).join('`, `')}\`` };
}
