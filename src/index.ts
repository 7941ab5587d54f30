/**
 * The library's face: halint without the command line. Nothing here prints, exits or touches the file
 * system; texts go in, findings and networks come out.
 */
export {
  type AnalyseOptions,
  type Analysis,
  analyse,
  type InputText,
  type LintOptions,
  type LintResult,
  lintTexts as lint,
} from './lint.ts';
export type { Device } from './model/device.ts';
export type { Fact, Place } from './model/fact.ts';
export type { PlatformId } from './model/platform-id.ts';
export type { Network, Wiring } from './network/network.ts';
export type { Platform } from './platforms/platform.ts';
export { PLATFORMS as platforms } from './platforms/registry.ts';
export type { FileReport } from './project/file-report.ts';
export type { RuleSettings } from './rules/evaluate.ts';
export type { Finding, Severity } from './rules/finding.ts';
export { type LoadedRule, loadRule } from './rules/load.ts';
export type { ReadyRule, Rule } from './rules/rule.ts';
export type { Diagnostic } from './syntax/statement.ts';
