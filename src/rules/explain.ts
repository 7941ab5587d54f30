import type { Rule } from './rule.ts';

/** What `halint explain` prints of a rule: plain text, no wider than 100 columns where words allow. */
export function explainRule(rule: Rule): string {
  const fixes = Object.entries(rule.fix).sort(([a], [b]) => Number(b === 'default') - Number(a === 'default') || (a < b ? -1 : 1));
  const options = Object.entries(rule.options ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  const fixable = [...new Set(suggestionsOf(rule).map(([platform, title]) => `  ${platform}: ${withoutHoles(title)}`))];
  return [
    `${rule.id} (${rule.severity}${rule.recommended ? '' : ', only in halint:all'})`,
    rule.title,
    '',
    wrap(rule.why, ''),
    '',
    'How to fix it',
    ...fixes.map(([platform, text]) =>
      platform === 'default' ? wrap(withoutHoles(text), '  ') : `  ${platform}:\n${indent(withoutHoles(text), '    ')}`,
    ),
    ...(fixable.length > 0 ? ['', 'halint fix can do this where it is sure', ...fixable] : []),
    ...(options.length > 0 ? ['', 'Options, with their defaults', ...options] : []),
    '',
    'Sources',
    ...rule.sources.map((source) => `  ${source}`),
    '',
    ...(rule.docs ? [`More, with examples: ${rule.docs}`, ''] : []),
  ].join('\n');
}

/** What `halint fix` can do about a rule's findings: platform and title, in the order of the platforms. */
export function suggestionsOf(rule: Rule): [platform: string, title: string][] {
  const all = rule.checks.flatMap((check) => Object.entries(check.suggest ?? {}));
  return all
    .flatMap(([platform, said]) => [said].flat().map(({ title }): [string, string] => [platform, title]))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A text with its `{{ holes }}` as placeholders: `{{pool.name}}` is shown as `<pool name>`. */
export function withoutHoles(text: string): string {
  return text.replace(/\{\{([^{}]{0,500})\}\}/g, (_, hole: string) => {
    const words = hole.match(/[A-Za-z]+/g) ?? [];
    return `<${words
      .slice(-2)
      .map((word) => word.replace(/([A-Z])/g, ' $1').toLowerCase())
      .join(' ')}>`;
  });
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
}

function wrap(text: string, by: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/\s+/)) {
        if (line !== '' && by.length + line.length + 1 + word.length > 100) {
          lines.push(by + line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      return [...lines, by + line].join('\n');
    })
    .join('\n\n');
}
