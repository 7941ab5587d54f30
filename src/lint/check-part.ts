import type { Device } from '../model/device.ts';
import { startOfLine } from '../model/fact.ts';
import { buildNetwork } from '../network/build.ts';
import { balancerWiring } from '../network/unwired.ts';
import { withoutEchoes } from '../rules/echoes.ts';
import { evaluateRules, type RuleSettings } from '../rules/evaluate.ts';
import type { Finding } from '../rules/finding.ts';
import type { ReadyRule } from '../rules/rule.ts';
import type { Suppression } from '../rules/suppressions.ts';
import type { Unreadable } from '../rules/unreadable.ts';
import type { Unwired } from '../rules/unwired.ts';
import { faultOutcomes } from '../simulation/outcome.ts';
import type { Diagnostic } from '../syntax/statement.ts';
import { maskTemplate } from '../syntax/template.ts';
import type { AnalyseOptions, Stage } from './input.ts';
import type { Part } from './parts.ts';
import type { Host } from './survey.ts';

/** What the rules find in a part of a network, and what only the whole network can decide on. Plain data. */
export interface PartResult {
  /** Before any comment keeps one back. */
  readonly findings: readonly Finding[];
  /** Comments in the configs that keep findings back. */
  readonly comments: readonly Suppression[];
  /** Load balancers with a cable that is known. */
  readonly cabled: readonly string[];
  /** Pairs of load balancers. */
  readonly pairs: readonly Unwired[];
}

export interface LintOptions extends AnalyseOptions {
  readonly rules: readonly ReadyRule[];
  readonly settings?: RuleSettings;
  /** Also what the simulation finds where a plainer rule speaks of the same device: to compare two states of a config. */
  readonly echoes?: boolean;
}

/** The result of several parts that were checked as one, for each of them. */
export function apart(result: PartResult, parts: readonly Part[]): PartResult[] {
  return parts.map(({ hosts }) => {
    const names = new Set(hosts.map(({ name }) => name));
    return {
      findings: result.findings.filter(({ device }) => names.has(device)),
      comments: result.comments.filter(({ device }) => names.has(device)),
      cabled: result.cabled.filter((device) => names.has(device)),
      pairs: result.pairs.filter(({ device }) => names.has(device)),
    };
  });
}

/** What a part is read from. */
export interface Inputs {
  readonly deviceOf: (host: Host) => Device;
  /** The text of a config, where it is at hand. */
  readonly textOf: (path: string) => string | undefined;
  readonly diagnosticsOf: (path: string) => readonly Diagnostic[];
}

/** Joins the devices of a part, simulates their faults and asks the rules. */
export function checkPart(
  { hosts, wirings, whole }: Part,
  inputs: Inputs,
  options: LintOptions,
  onStage: (stage: Stage) => void,
): PartResult {
  onStage('joining devices');
  const network = { ...buildNetwork(hosts.map(inputs.deviceOf), wirings), halfKnown: whole.halfKnown };
  onStage('simulating faults');
  const outcome = faultOutcomes(network, whole);
  onStage('checking rules');
  const unreadable = hosts.flatMap((host) => unreadableOf(host, inputs));
  const findings = evaluateRules(options.rules, network, options.settings, { outcome, unreadable }, editableLines(inputs));
  const { cabled, pairs } = balancerWiring(network);
  const byName = new Map(network.devices.map((device) => [device.name, device]));
  return {
    findings: options.echoes ? findings : withoutEchoes(findings),
    comments: hosts.flatMap((host) => host.comments),
    cabled,
    pairs: pairs.flatMap(({ devices, peerings }) => {
      const [first] = devices;
      const device = byName.get(first);
      const home = peerings[0] ?? (device && { at: device.at, platform: device.platforms[0] });
      return home?.platform ? [{ at: home.at, device: first, platform: home.platform, devices }] : [];
    }),
  };
}

/** What could not be read of a host's configs. */
function unreadableOf({ name, files, templates }: Host, { diagnosticsOf }: Inputs): Unreadable[] {
  // Several platforms may read one file: what could not be read of it is told once.
  const each = [...new Map(files.toReversed().map((file) => [file.path, file])).values()].reverse();
  return each.flatMap(({ path, platform }) =>
    diagnosticsOf(path).map(({ kind, file, line, message }) => ({
      at: startOfLine(file, line),
      device: name,
      platform,
      kind,
      file,
      message,
      template: templates.includes(path),
    })),
  );
}

/** The lines of the configs that halint may change: what a template stands for is not known. */
function editableLines({ textOf }: Inputs): (file: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    const text = textOf(file);
    if (text !== undefined && !known.has(file))
      known.set(file, maskTemplate(file, text).template ? undefined : text.replace(/^\ufeff/, '').split('\n'));
    return known.get(file);
  };
}
