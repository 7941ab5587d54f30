import type { Diagnostic } from './statement.ts';

/** A text from which what is no config has been blanked; every offset is as before. */
export interface CleanText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The host name of the prompt before `show run`, where a terminal's log was kept. */
  readonly promptHost?: { readonly name: string; readonly offset: number };
}

const PROMPT = /^[ \t]*([A-Za-z][\w.-]{0,62})(?:\([\w./:-]{1,40}\))?[#>](?= |\t|$|[a-z])/;
const BANNER = /^[ \t]*banner[ \t]+(?:(?:motd|login|exec|incoming|prompt-timeout|slip-ppp|config-save)\b[ \t]*)?/i;

/**
 * Blanks what collectors and people leave in a Cisco-like config: prompts, pager lines, banners (whatever
 * their delimiter and content), Markdown fences and lines that begin with `#`. Blanks have the same
 * length, so that lines and columns stay true; a carriage return tells the line reader where the line's
 * own text begins.
 */
export function cleanTerminalText(text: string, file: string): CleanText {
  const diagnostics: Diagnostic[] = [];
  let promptHost: CleanText['promptHost'];
  let out = '';
  let kept = 0;
  const blank = (from: number, to: number, reset = false): void => {
    out += text.slice(kept, from) + text.slice(from, to).replace(/[^\n\r\uE001\uE002]/g, ' ');
    if (reset && to > from) out = `${out.slice(0, -1)}\r`;
    kept = to;
  };
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line++;
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const head = text.slice(start, Math.min(end, start + 200));
    const first = head.trimStart();
    if (first.startsWith('#') || first.startsWith('```')) {
      blank(start, end);
    } else if (first.startsWith('--More--') || first.startsWith('<--- More --->')) {
      const from = start + head.length - first.length;
      blank(from, from + (first.startsWith('-') ? 8 : 14));
    } else if (BANNER.test(head)) {
      const close = bannerEnd(text, start, end);
      if (close === undefined) diagnostics.push({ kind: 'syntax', file, line, message: 'banner is never closed' });
      const stop = close ?? end;
      for (let at = text.indexOf('\n', start); at >= 0 && at < stop; at = text.indexOf('\n', at + 1)) line++;
      blank(start, stop);
      end = text.indexOf('\n', stop);
      if (end < 0) end = text.length;
      if (stop < end) blank(stop, end);
    } else {
      const prompt = PROMPT.exec(head);
      if (prompt) {
        const after = head.slice(prompt[0].length).trim();
        if (!promptHost && /^(sh|sho|show|more)\s/.test(after))
          promptHost = { name: prompt[1] as string, offset: start + head.indexOf(prompt[1] as string) };
        blank(start, start + prompt[0].length, true);
      }
    }
    start = end + 1;
  }
  return { text: out + text.slice(kept), diagnostics, ...(promptHost ? { promptHost } : {}) };
}

/** Offset after the closing delimiter of the banner that starts at `start`; undefined where it is never closed. */
function bannerEnd(text: string, start: number, end: number): number | undefined {
  const head = text.slice(start, end);
  const rest = head.slice((BANNER.exec(head)?.[0] ?? '').length).replace(/\r$/, '');
  if (rest.trim() === '') {
    const eof = /^[ \t]*EOF[ \t]*\r?$/m;
    const found = eof.exec(text.slice(end, end + 65_536));
    return found ? end + found.index + found[0].length : end;
  }
  const opens = start + head.indexOf(rest, head.length - rest.length - 2);
  // A running-config shows the control character that ends a banner as two: `^C`.
  for (const delimiter of rest.startsWith('^C') ? ['^C', '^'] : [rest[0] as string]) {
    const close = text.indexOf(delimiter, opens + delimiter.length);
    if (close >= 0) return close + delimiter.length;
  }
  return undefined;
}
