import type { Analysis } from '../lint.ts';
import type { Link } from '../network/network.ts';
import { escapeControls } from '../reporters/escape.ts';
import { maskMessage } from '../syntax/secrets.ts';

/** What `--debug` tells: what each file was taken for and why, the devices, pairs and links with what they rest on. */
export function debugLines(analysis: Analysis): string[] {
  const lines = analysis.files.map(({ path, platform, why, statements }) =>
    platform
      ? `file ${path}: ${platform}, ${why}; statements: ${statements.read} read, ${statements.ignored} ignored, ${statements.unknown} not recognised`
      : `file ${path}: not linted, ${why}`,
  );
  for (const network of analysis.networks) {
    for (const device of network.devices) lines.push(`device ${device.name}: ${device.platforms.join(', ')}; ${device.files.join(', ')}`);
    for (const pair of network.pairs) lines.push(`pair ${pair.devices.join(' and ')}: ${pair.kind}, ${pair.evidence}`);
    for (const link of network.links) lines.push(`link ${linkName(link)}: ${link.evidence}, ${link.at.file}:${link.at.line}`);
    for (const { kept, dropped } of network.conflicts)
      lines.push(`link ${linkName(dropped)} of ${dropped.at.file}:${dropped.at.line} gives way to ${linkName(kept)}`);
  }
  return lines.map((line) => escapeControls(maskMessage(line)));
}

/** `core1:Ethernet1--lb1:eth0`. */
export function linkName(link: Link): string {
  return link.ends.map((end) => `${end.node}:${end.port}`).join('--');
}
