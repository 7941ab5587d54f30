import type { Device } from '../model/device.ts';
import { isStated } from '../model/fact.ts';
import type { Interface } from '../model/interface.ts';
import { shortName } from './names.ts';
import type { Link } from './network.ts';
import { findPort } from './ports.ts';

/** A port's name inside a description: letters, an optional space or dash, and a number with slashes or dots. */
const PORT = /\b(?:[A-Za-z][A-Za-z-]{0,20} ?)?\d+(?:[/.:]\d+){0,3}\b/g;

/**
 * Links that a description states by naming a neighbour among the inputs and one of its ports:
 * `to core1 Eth1/11`. A description that names only the neighbour, or two, states none.
 */
export function linksByDescription(devices: readonly Device[]): Link[] {
  const byName = new Map<string, Device | null>();
  for (const device of devices) {
    const name = shortName(device.name);
    byName.set(name, byName.has(name) ? null : device);
  }
  const links: Link[] = [];
  for (const device of devices) {
    for (const port of device.interfaces) {
      const described =
        port.kind === 'physical' && isStated(port.description) ? neighbourIn(port.description.value, device, byName) : undefined;
      if (!described || !isStated(port.description)) continue;
      links.push({
        ends: [
          { node: device.name, port: port.name, interface: port },
          { node: described.device.name, port: described.port.name, interface: described.port },
        ],
        evidence: 'description',
        at: port.description.at,
      });
    }
  }
  return links;
}

function neighbourIn(
  text: string,
  own: Device,
  byName: ReadonlyMap<string, Device | null>,
): { device: Device; port: Interface } | undefined {
  const named = new Set<Device>();
  for (const name of namesIn(text)) {
    const device = byName.get(name);
    if (device && device !== own) named.add(device);
  }
  const [device, other] = named;
  if (!device || other) return undefined;
  const rest = text.slice(0, 250).replaceAll(new RegExp(escaped(shortName(device.name)), 'gi'), ' ');
  const ports = new Set<Interface>();
  for (const [match] of rest.matchAll(PORT)) {
    const port = /[A-Za-z/.]/.test(match) ? findPort(device, match) : undefined;
    if (port?.kind === 'physical') ports.add(port);
  }
  const [port, second] = ports;
  return port && !second ? { device, port } : undefined;
}

/** The words of a description that may be a host's name, case and domain aside. */
export function* namesIn(text: string): Generator<string> {
  for (const word of text.slice(0, 250).split(/[\s,;|()[\]<>=*#"']+/))
    for (const part of [word, ...word.split(/[:_]/)]) if (part.length > 1) yield shortName(part);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
