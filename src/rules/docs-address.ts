import type { Rule } from './rule.ts';

/** Where the pages of the built-in rules are published. */
const DOCS = 'https://github.com/halint/halint/blob/main/docs/rules';

/** The address of a built-in rule's page. */
export function builtInDocs(rule: string): string {
  return `${DOCS}/${rule}.md`;
}

/** Where to read more about a rule: its page, else its first source. */
export function docsOf(rule: Rule): string {
  return rule.docs ?? rule.sources[0] ?? '';
}
