import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const SECTION = /^[ \t]*(global|defaults|frontend|backend|listen|peers|resolvers)(?=[^\S\n]|$)/gm;
const INSIDE =
  /^[ \t]*(?:server[^\S\n]+\S+[^\S\n]+[^\s;{}]+(?:[^\S\n]+\w[^;{}\n]*)?$|default_backend\s|use_backend\s|balance\s|mode[^\S\n]+(?:tcp|http)\b|option[^\S\n]+\w|timeout[^\S\n]+(?:connect|client|server)\s|stick-table\s|bind[^\S\n]+\S|peer[^\S\n]+\S+[^\S\n]+\S+:|maxconn\s|errorfile\s|nameserver[^\S\n]+\S+[^\S\n]+\S+:|acl[^\S\n]+\S+|http-request\s|stats[^\S\n]+\w|daemon$|chroot\s|contimeout\s|log[^\S\n])/m;
/** A line that ends in a brace, or a YAML key, is none of HAProxy's. */
const FOREIGN = /^[^#\n\r\u2028\u2029]*\{[ \t]*$|^[ \t]*(?:- )?(?:hosts|name|apiVersion|tasks):(?:\s|$)/m;

/** Sections that start a line (`frontend web`), with HAProxy's own keywords in them. */
export function recognise(source: SourceText): Recognition | undefined {
  const text = source.text.replace(/[\uE001\uE002]/g, ' ');
  const sections = [...text.matchAll(SECTION)].map((match) => match[1] as string);
  if (sections.length === 0 || !INSIDE.test(text) || FOREIGN.test(text)) return undefined;
  // A template's first line is often a placeholder (`{{ ansible_managed }}`).
  const first = /^[ \t]*(?![#.\s\uE000])(\S+)/m.exec(text)?.[1];
  const known =
    first !== undefined &&
    /^(?:global|defaults|frontend|backend|listen|peers|resolvers|userlist|mailers|cache|program|ring|http-errors|log-forward|fcgi-app|crt-store)$/.test(
      first,
    );
  if (!known) return undefined;
  const kinds = new Set(sections);
  return { score: kinds.size > 1 ? 0.95 : 0.8, why: `has ${[...kinds].slice(0, 3).join(', ')}` };
}
