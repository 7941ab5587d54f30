import type { Analysis } from '../lint.ts';
import { isSecret } from '../model/entity.ts';
import type { Place } from '../model/fact.ts';
import type { Network } from '../network/network.ts';
import { MASK } from '../syntax/secret-stretches.ts';
import { maskMessage, maskValue } from '../syntax/secrets.ts';

/** The model as `halint model` prints it: each fact with its file and line, or the page that documents the default. */
export function modelJson(analysis: Analysis): object {
  const all = <T>(list: (network: Network) => readonly T[]): T[] => analysis.networks.flatMap(list);
  return {
    version: 1,
    devices: all((network) => network.devices).map((device) => plain(device)),
    nodes: all((network) => network.nodes).map((node) => plain(node)),
    links: all((network) => network.links).map(({ ends, evidence, at }) => ({
      ends: ends.map(({ node, port, told }) => ({ node, port, ...(told === undefined ? {} : { told }) })),
      evidence,
      ...shortPlace(at),
    })),
    segments: all((network) => network.segments).map((segment) => plain(segment)),
    groups: all((network) => network.groups).map(({ members, ...group }) => ({
      ...group,
      members: members.map((member) => ({ device: member.device, platform: member.platform, ...shortPlace(member.at) })),
    })),
    pairs: all((network) => network.pairs).map(({ kind, devices, evidence, naming }) => ({ kind, devices, evidence, naming })),
    services: all((network) => network.services).map(({ name, address, port, devices }) => ({ service: name, address, port, devices })),
    diagnostics: analysis.diagnostics.map(({ message, ...diagnostic }) => ({ ...diagnostic, message: maskMessage(message) })),
  };
}

/** Fields that hold a sentence of halint's own, in which `password` is just a word. */
const SENTENCES = new Set(['text', 'evidence', 'cannotFire']);

/** Places become file and line, secrets a mask; everything else stays as it is. `sentence`: words of halint's own. */
function plain(value: unknown, sentence = false): unknown {
  if (typeof value === 'string') return sentence ? maskMessage(value) : maskValue(value);
  if (Array.isArray(value)) return value.map((part) => plain(part));
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) return MASK;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (isPlace(part)) return key === 'at' ? Object.entries(shortPlace(part)) : [[key, shortPlace(part)]];
      return [[key, plain(part, SENTENCES.has(key) || (sentence && key === 'value'))]];
    }),
  );
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'file' in value && 'endColumn' in value;
}

function shortPlace({ file, line }: Place): { file: string; line: number } {
  return { file, line };
}
