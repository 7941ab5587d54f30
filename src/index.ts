/**
 * The library's face: halint without the command line. Nothing here prints, exits or reads configs from the file
 * system; texts go in, findings and networks come out.
 */
import { builtinRules } from './cli/builtin-rules.ts';
import {
  type AnalyseOptions,
  type Analysis,
  analyse as analyseWith,
  type InputText,
  type LintOptions,
  type LintResult,
  lintTexts,
} from './lint.ts';
import { PLATFORMS } from './platforms/registry.ts';

/**
 * Reads configs, whatever their vendors, joins them and checks the rules on what they make together.
 * @param texts the configs, with the paths that tell which of them belong to one host (`lb1/haproxy.cfg`)
 * @param options what differs from the command line's defaults: own rules beside `builtinRules()`, severities, wiring
 * @returns findings in the order of file, line, column and rule; diagnostics for what could not be read. A config
 *   never makes it throw
 */
export async function lint(texts: readonly InputText[], options: Partial<LintOptions> = {}): Promise<LintResult> {
  return lintTexts(texts, { platforms: PLATFORMS, ...options, rules: options.rules ?? (await builtinRules()) });
}

/** Reads configs into the vendor-neutral model, joined, without checking anything. */
export function analyse(texts: readonly InputText[], options: Partial<AnalyseOptions> = {}): Analysis {
  return analyseWith(texts, { platforms: PLATFORMS, ...options });
}

export type { Device } from './model/device.ts';
export type { Fact, Place } from './model/fact.ts';
export type { PlatformId } from './model/platform-id.ts';
export type { Network, Wiring } from './network/network.ts';
export type { Platform } from './platforms/platform.ts';
export { PLATFORMS as platforms } from './platforms/registry.ts';
export type { FileReport } from './project/file-report.ts';
export type { RuleSettings } from './rules/evaluate.ts';
export type { Edit, Finding, Severity, Suggestion } from './rules/finding.ts';
export { type LoadedRule, loadRule } from './rules/load.ts';
export type { ReadyRule, Rule } from './rules/rule.ts';
export type { Diagnostic } from './syntax/statement.ts';
export type { AnalyseOptions, Analysis, InputText, LintOptions, LintResult };
export { builtinRules };
