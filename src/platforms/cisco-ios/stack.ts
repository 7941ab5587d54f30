import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat, Peering } from '../../model/peering.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { Reading } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from '../entity.ts';

const STACKWISE_PAGE =
  'https://www.cisco.com/c/en/us/td/docs/switches/lan/catalyst9400/software/release/16-9/configuration_guide/ha/b_169_ha_9400_cg/configuring_cisco_stackwise_virtual.html';

/** An interface that carries StackWise Virtual or VSS traffic, and in which role. */
export interface StackPort {
  readonly name: string;
  readonly role: 'link' | 'detection';
  readonly statement: Statement;
}

/**
 * StackWise Virtual and VSS make one device of two chassis, with one config: there is no peer to compare
 * with, but something must tell a dead link between the chassis from a dead chassis.
 */
export function readStack(s: Statement, reading: Reading, ports: readonly StackPort[]): Peering {
  s.use = 'read';
  for (const line of s.children) line.use = 'read';
  const isVss = s.words[0] === 'switch';
  const { device, platform } = reading;
  const id = isVss ? wordFact(s, 3) : domainOf(s);
  const detection = detectionOf(s, ports);
  const link = ports.find((port) => port.role === 'link');
  return {
    at: wholePlace(s),
    device,
    platform,
    kind: 'stack',
    name: isVss ? 'VSS' : 'StackWise Virtual',
    ...(id ? { id } : {}),
    peers: [],
    heartbeats: ports
      .filter((port) => port.role === 'detection')
      .map((port): Heartbeat => {
        const at = placeOfHead(port.statement);
        return { at, device, platform, interface: stated(port.name, at), transport: stated('direct', at) };
      }),
    ...(detection ? { dualActiveDetection: detection } : {}),
    ...(link ? { peerLink: stated(link.name, placeOfHead(link.statement)) } : {}),
  };
}

function domainOf(s: Statement): Fact<string> | undefined {
  const line = s.children.find((c) => c.words[0] === 'domain');
  const number = line && numberFact(line, 1);
  return line && number ? wordFact(line, 1) : undefined;
}

/**
 * Fast hello ports, or enhanced PAgP on a trusted channel group. PAgP without a trusted group may or may
 * not detect anything; VSS names its groups elsewhere.
 */
function detectionOf(s: Statement, ports: readonly StackPort[]): Peering['dualActiveDetection'] {
  const port = ports.find((p) => p.role === 'detection');
  if (port) return headFact(port.statement, true);
  const lines = s.children.filter((c) => c.words[0] === 'dual-active' && c.words[1] === 'detection');
  const trusted = lines.find((line) => line.words.includes('trust'));
  if (trusted) return headFact(trusted, true);
  return lines.length > 0 || s.words[0] === 'switch' ? undefined : byDefault(false, STACKWISE_PAGE);
}
