import type { Device } from '../../src/model/device.ts';
import { buildNetwork } from '../../src/network/build.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { evaluateRules } from '../../src/rules/evaluate.ts';
import type { ExampleFile } from '../../src/rules/examples.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { Source } from '../../src/syntax/source.ts';

/** Texts to devices the shortest way: every folder, or file at the top, is a host. */
export function readDevices(files: readonly ExampleFile[]): Device[] {
  const hosts = new Map<string, { platform: Platform; sources: Source[] }>();
  for (const file of files) {
    const source = { ...file, template: false };
    const platform = [...PLATFORMS].sort((a, b) => (b.recognise(source)?.score ?? 0) - (a.recognise(source)?.score ?? 0))[0];
    if (!platform?.recognise(source)) continue;
    const parsed: Source = { ...source, ...platform.parse(source) };
    const folder = file.path.includes('/') ? file.path.slice(0, file.path.indexOf('/')) : file.path.replace(/\.[^.]*$/, '');
    const name = platform.hostname(parsed)?.value.split('.')[0] ?? folder;
    const key = `${name}\n${platform.id}`;
    const host = hosts.get(key) ?? { platform, sources: [] };
    host.sources.push(parsed);
    hosts.set(key, host);
  }
  return [...hosts].map(([key, { platform, sources }]) => {
    const [name = ''] = key.split('\n');
    const file = sources[0]?.path ?? '';
    return {
      ...platform.read({ device: name, sources }),
      name,
      at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
      platforms: [platform.id],
      files: sources.map((s) => s.path),
    };
  });
}

/** The findings of `rules` on a few texts. */
export function lintTexts(files: readonly ExampleFile[], rules: readonly Rule[]): Finding[] {
  return evaluateRules(rules, buildNetwork(readDevices(files), []), { all: true });
}
