import type { Statement } from '../../syntax/statement.ts';

/** A setting of a server and the line that says it: its own, or a `default-server`. */
export interface Param {
  readonly line: Statement;
  readonly index: number;
}

/** Words that take a value, so that a value is not taken for a setting's name. */
const VALUED = new Set(
  'addr agent-addr agent-inter agent-port agent-send alpn ca-file check-alpn check-proto check-sni ciphers ciphersuites client-sigalgs sigalgs curves cookie crl-file crt downinter error-limit fall fastinter hash-key id init-addr inter log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace npn observe on-error on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers rise set-proxy-v2-tlv-fmt shard slowstart sni socks4 source ssl-max-ver ssl-min-ver tcp-ut track verify verifyhost weight ws guid idle-ping check-pool-conn-name'.split(
    ' ',
  ),
);

/** The index of the first setting on a server's line, behind its name and address; undefined for other lines. */
export function firstParam({ words }: Statement): number | undefined {
  const [keyword] = words;
  return keyword === 'default-server' ? 1 : keyword === 'server' ? 3 : keyword === 'server-template' ? 4 : undefined;
}

/** The settings of a line, each with where it stands. Later ones prevail. */
export function paramsOf(line: Statement, from: number): { name: string; param: Param }[] {
  const found: { name: string; param: Param }[] = [];
  for (let index = from; index < line.words.length; index++) {
    const name = line.words[index] as string;
    found.push({ name, param: { line, index } });
    if (VALUED.has(name)) index++;
  }
  return found;
}
