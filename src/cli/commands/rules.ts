import { Option } from 'commander';
import { docsOf } from '../../rules/docs-address.ts';
import type { Rule } from '../../rules/rule.ts';
import type { AddCommand } from '../command.ts';
import { allRules } from '../rule-sources.ts';

/** `halint rules`. */
export const addRules: AddCommand = (program, io, exit) => {
  program
    .command('rules')
    .description('list all rules')
    .addOption(new Option('-f, --format <name>', 'how to print them').choices(['text', 'json']).default('text'))
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .action(async (flags: { format: string; config?: string }) => {
      const rules = [...(await allRules(io, flags.config))].sort((a, b) => (a.id < b.id ? -1 : 1));
      io.stdout.write(flags.format === 'json' ? asJson(rules) : asText(rules));
      exit(0);
    });
};

function asText(rules: readonly Rule[]): string {
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  const line = (rule: Rule) =>
    `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.title}${rule.recommended ? '' : ' (only in halint:all)'}\n`;
  return `${rules.map(line).join('')}\n${rules.length} rules; halint explain RULE says more of one\n`;
}

function asJson(rules: readonly Rule[]): string {
  const list = rules.map((rule) => ({
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    recommended: rule.recommended,
    docs: docsOf(rule),
  }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}
