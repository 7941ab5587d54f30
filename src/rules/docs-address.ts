/** Where the pages of the built-in rules are published. */
const DOCS = 'https://github.com/halint/halint/blob/main/docs/rules';

/** The address of a rule's page. */
export function docsOf(rule: string): string {
  return `${DOCS}/${rule}.md`;
}
