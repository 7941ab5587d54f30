/** What a scenario serves, read from the configs with the plainest of means: the lab must not share halint's parsers. */
import type { Scenario } from './scenario.ts';

/** A virtual address and a port that some balancer listens on; null when nobody listens on any. */
export interface Service {
  address: string;
  port: number | null;
}

const withoutComments = (text: string): string => text.replace(/[#!].*$/gm, '');

/** The virtual addresses of a keepalived.conf, in its order. */
export const virtualAddresses = (conf: string): string[] =>
  [...withoutComments(conf).matchAll(/virtual_ipaddress(?:_excluded)?\s*\{([^}]*)\}/g)].flatMap((block) =>
    (block[1] ?? '')
      .split('\n')
      .map((line) => line.trim().split(/[\s/]/)[0] ?? '')
      .filter((address) => /^[0-9a-f.:]+$/i.test(address) && address !== ''),
  );

interface Bind {
  /** '' for every address */
  host: string;
  port: number;
}

const bind = (text: string): Bind | undefined => {
  const at = text.lastIndexOf(':');
  const port = Number(at < 0 ? text : text.slice(at + 1));
  if (!Number.isInteger(port) || port <= 0) return undefined;
  const host = at < 0 ? '' : text.slice(0, at).replace(/^\[|\]$/g, '');
  return { host: ['*', '0.0.0.0', '::'].includes(host) ? '' : host, port };
};

/** The addresses and ports that a haproxy.cfg or an nginx.conf listens on. */
export const binds = (conf: string): Bind[] =>
  [...withoutComments(conf).matchAll(/^\s*(?:bind|listen)\s+([^\s;]+)/gm)].flatMap((match) => {
    const found = /^[A-Za-z_-]+$/.test(match[1] ?? '') ? undefined : bind(match[1] ?? '');
    return found === undefined ? [] : [found];
  });

/** The services of a scenario, in the order of its files. */
export const servicesOf = ({ nodes }: Scenario): Service[] => {
  const services = new Map<string, Service>();
  for (const { files } of nodes) {
    const listening = binds(`${files.get('haproxy.cfg') ?? ''}\n${files.get('nginx.conf') ?? ''}`);
    for (const address of virtualAddresses(files.get('keepalived.conf') ?? '')) {
      const ports = listening.filter(({ host }) => host === '' || host === address).map(({ port }) => port);
      for (const port of ports) services.set(`${address} ${port}`, { address, port });
    }
  }
  const served = new Set([...services.values()].map(({ address }) => address));
  for (const { files } of nodes) {
    for (const address of virtualAddresses(files.get('keepalived.conf') ?? '')) {
      if (!served.has(address)) services.set(address, { address, port: null });
    }
  }
  return [...services.values()];
};
