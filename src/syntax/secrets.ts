/** A stretch of a line, counted from 0, and what is shown in its place. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What stands for a secret in every output. */
export const MASK = '***';

/** Words after which the rest of a statement is secret, whatever the vendor. */
const SECRET_WORD =
  /^(?:[\w.-]{0,60}(?:password|passwords|passwd|passphrase|passcode|secret|secrets|ciphertext)|[\w.-]{0,60}password-(?:hash|encrypted)|auth[_-]pass|passcrypt|key-?string|keyvalue|community|community-name|communities|psk|pre-shared-key|shared-key|(?:authentication|auth|secret|private|access|api|encryption|server)[-_]?key|[\w.-]{0,60}[-_]?token|credentials?|message-digest-key|hash|bearer|md5|sha|sha1|sha256|sha512|pw|clagd-auth|bind-?pw)$/i;
/** Words that are secret only behind another one of their line: `stats auth`, `tacacs-server key`, `snmp-server user … auth`. */
const AFTER: readonly (readonly [RegExp, RegExp])[] = [
  [/^stats$/i, /^auth$/i],
  [
    /^(?:tacacs|radius|tacacs-server|radius-server|ntp|isakmp|server|standby|vrrp|hsrp|glbp|host|snmp-server|authentication|unit|master)$/i,
    /^key$/i,
  ],
  [/^(?:standby|vrrp|hsrp|glbp)$/i, /^authentication$/i],
  [/^(?:snmp-server|user|localized)$/i, /^(?:auth|priv)$/i],
  [/^snmp-server$/i, /^(?:1|2c|traps|informs)$/i],
  [/^authorization$/i, /^(?:basic|bearer)$/i],
];
/** A statement that is nothing but a key or an authentication word: `key 7 070C…`, `authentication text …`. */
const WHOLE = /^\s*(?:key\s+(?:0|6|7|8)|authentication\s+(?:text|md5|[^\s{;]+\s*$))/i;
/** Words between a secret's keyword and the secret itself. */
const BETWEEN =
  /^(?:\d{1,2}|encrypted|plain-text|plaintext|text|md5|sha|sha-?\d+|aes|des|3des|level|ascii-text|hexadecimal|key-?string|key|key-?chain|chain|clear|clear-?text|localized|none|type|auth|priv|ro|rw|traps|informs|version|2c|[=:{};[\]]|:=)$/i;
/** `$6$salt$hash`, `$9$…`, `$M$…`, `{SHA}…`, a user's name before it or not. */
const LOOKS_SECRET = /^(?:[^\s:]{1,64}:)?(?:\$(?:\d{1,2}|M|apr1|2[aby]|y|argon2\w*|sha\d+|S)\$\S+|\{S?SHA\d*\}\S+)$/;
/** Long keys and digests, in base64 or hexadecimal. */
const LONG_KEY = /^(?!\/)(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9+/]{40,}={0,2}$/;
const URL_LOGIN = /:\/\/[^\s/:@]{0,64}:([^\s/@]{1,128})@/g;
/** `password=…`, `--token=…` within one word. */
const INLINE = /^[\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api[-_]?key|auth_pass)["']?[=:]["']?(?=\S)/i;
/** Longer lines are looked at in part, so that no input takes long. */
const LOOKED_AT = 4000;

/**
 * The stretches of one line of a config that may be a secret: what follows words such as `password`,
 * `auth_pass` or `community`, and what looks like a hash or a key. Rather one too many: a harmless
 * word that is masked costs nothing, a password that is shown does.
 */
export function secretsOf(line: string): Rewrite[] {
  const text = line.slice(0, LOOKED_AT);
  const words = wordsOf(text);
  const found: Rewrite[] = [];
  let secret = WHOLE.test(text);
  words.forEach((word, i) => {
    const keyword = isKeyword(word, words, i);
    const first = WHOLE.test(text) && i === 0;
    if (secret && !keyword && !first && !BETWEEN.test(word.text)) found.push({ start: word.start, end: word.end, text: MASK });
    else if (looksSecret(word.text)) found.push({ start: word.start, end: word.end, text: MASK });
    const inline = INLINE.exec(word.text);
    if (inline && !secret) found.push({ start: word.start + inline[0].length, end: word.end, text: MASK });
    secret = (secret || keyword) && !word.ends;
  });
  found.push(...loginsOf(text));
  return withoutOverlaps(found);
}

/** A line of a config with its secrets masked. */
export function maskLine(line: string): string {
  return rewrite(line, secretsOf(line));
}

/** A sentence with what looks like a hash, a key or a login masked; its words are not taken for keywords. */
export function maskMessage(message: string): string {
  const found = wordsOf(message)
    .filter((word) => looksSecret(word.text))
    .map((word): Rewrite => ({ start: word.start, end: word.end, text: MASK }));
  return rewrite(message, withoutOverlaps([...found, ...loginsOf(message)]));
}

/** Puts each rewrite's text where its stretch stood; rewrites stand in order and do not overlap. */
export function rewrite(text: string, rewrites: readonly Rewrite[]): string {
  let result = '';
  let at = 0;
  for (const one of rewrites) {
    result += text.slice(at, one.start) + one.text;
    at = one.end;
  }
  return result + text.slice(at);
}

/** Puts rewrites in order and drops those that begin inside the one before. */
export function withoutOverlaps(rewrites: readonly Rewrite[]): Rewrite[] {
  const kept: Rewrite[] = [];
  for (const one of [...rewrites].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.end > one.start && one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  }
  return kept;
}

/** A word without its quotes and without what ends a statement. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A `;`, `{` or `}` follows: what comes next is another statement. */
  readonly ends: boolean;
}

function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"([^"]*)"?|'([^']*)'?|([^\s"';{},]+)/g)].map((match) => {
    const text = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + (match[3] === undefined ? 1 : 0);
    return { text, start, end: start + text.length, ends: /^["']?\s*[;{}]/.test(line.slice(start + text.length, start + text.length + 8)) };
  });
}

function isKeyword(word: Word, words: readonly Word[], index: number): boolean {
  const plain = word.text.replace(/^-{1,2}|[:=]$/g, '');
  if (SECRET_WORD.test(plain)) return true;
  return AFTER.some(
    ([before, own]) => own.test(plain) && words.slice(0, index).some((earlier) => before.test(earlier.text.replace(/:$/, ''))),
  );
}

function looksSecret(word: string): boolean {
  return LOOKS_SECRET.test(word) || LONG_KEY.test(word);
}

/** `user:password@` of addresses, and what follows `Authorization: Basic` within quotes. */
function loginsOf(text: string): Rewrite[] {
  const headers = /authorization/i.test(text) ? [...text.matchAll(/\b(?:basic|bearer)\\?\s([^\s"']{1,4000})/gi)] : [];
  const tokens = headers.map((match): Rewrite => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? '').length, end, text: MASK };
  });
  return [...tokens, ...passwordsOf(text)];
}

function passwordsOf(text: string): Rewrite[] {
  return [...text.matchAll(URL_LOGIN)].map((match) => {
    const end = match.index + match[0].length - 1;
    return { start: end - (match[1] ?? '').length, end, text: MASK };
  });
}
