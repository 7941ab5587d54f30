import type { SourceText } from '../../syntax/source.ts';
import { baseName } from '../f5-names.ts';
import type { Recognition } from '../platform.ts';

const HEADER = /^#TMSH-VERSION: ?[\d.]/m;
/** Objects of a saved configuration. */
const OBJECTS =
  /^[ \t]*(?:ltm (?:virtual|virtual-address|pool|node|monitor [a-z-]+|profile [a-z0-9-]+|persistence [a-z-]+|rule|snatpool|policy|data-group [a-z]+)|net (?:vlan|self|trunk|interface|route|route-domain)|cm (?:device|device-group|traffic-group|trust-domain)|sys (?:global-settings|ha-group|ntp|db|management-ip)) ?[^\n{;]{0,200}\{/gm;
const COMMANDS =
  /^(?:[ \t]*\[?[\w.-]{1,64}@[^#\n]{1,200}#)?[ \t]*(?:tmsh[ \t]+)?(?:create|modify)[ \t]+\/?[ \t]?(?:ltm (?:virtual|pool|node|monitor)|net (?:vlan|self|trunk|route|interface)|cm (?:device|device-group|traffic-group)|sys (?:global-settings|ha-group|ntp|db|management-ip))[ \t]/gm;

/** A script of commands shows what somebody changes, not what the unit holds. */
export function isScript(text: string): boolean {
  return text.match(COMMANDS) !== null;
}

/** Takes a file for a BIG-IP's by its header, else by objects or commands that only tmsh has. */
export function recognise(source: SourceText): Recognition | undefined {
  if (HEADER.test(source.text)) return { score: 1, why: 'has a #TMSH-VERSION header' };
  const byName = /^bigip(?:_base)?\.conf$/.test(baseName(source.path)) ? 0.05 : 0;
  const objects = source.text.match(OBJECTS) ?? [];
  const commands = objects.length > 0 ? [] : (source.text.match(COMMANDS) ?? []);
  const seen = objects.length + commands.length;
  if (seen === 0 || isProse(source.path)) return undefined;
  const what = (objects[0] ?? commands[0] ?? '').trim().slice(0, 60);
  return { score: Math.min(0.95, 0.75 + 0.05 * seen + byName), why: `has \`${what}…\`` };
}

/** Documentation and programs quote configs; they are none. */
function isProse(path: string): boolean {
  return /\.(?:md|rst|adoc|html?|py|rb|go|js|ts|ya?ml|json|tf|tcl|java|ps1)$/i.test(path);
}
