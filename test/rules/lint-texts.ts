import { analyse, type LintOptions, lintTexts as lintAll } from '../../src/lint.ts';
import type { Network } from '../../src/network/network.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import type { ExampleFile } from '../../src/rules/examples.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { ReadyRule } from '../../src/rules/rule.ts';

const options: Omit<LintOptions, 'rules'> = { platforms: PLATFORMS, settings: { all: true } };

/** The findings of `rules`, pedantic ones too, on a few texts. */
export function lintTexts(files: readonly ExampleFile[], rules: readonly ReadyRule[]): Finding[] {
  return [...lintAll(files, { ...options, rules }).findings];
}

/** The networks that a few texts make. */
export function networksOf(files: readonly ExampleFile[]): readonly Network[] {
  return analyse(files, options).networks;
}
