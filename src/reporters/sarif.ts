import type { Place } from '../model/fact.ts';
import type { Finding, Related } from '../rules/finding.ts';
import { jsonText } from './json-text.ts';
import type { ReportContext, ReportedRule, Reporter } from './reporter.ts';
import { summaryLines } from './summary.ts';
import { told, toldLines } from './told.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code hosts show on the changed
 * lines: GitHub's code scanning, GitLab, Azure DevOps.
 */
export const reporter: Reporter = (report, context) => {
  const used = new Set(report.findings.map(({ rule }) => rule));
  const rules = context.rules.filter(({ id }) => used.has(id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(rules, context) },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'Where halint ran' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.diagnostics.map(({ kind, file, line, message }) => ({
              level: 'note',
              descriptor: { id: kind },
              message: { text: told(message) },
              locations: [{ physicalLocation: { artifactLocation: artifact(file), region: { startLine: line } } }],
            })),
          },
        ],
        artifacts: report.files
          .filter(({ platform }) => platform)
          .map(({ path, platform, statements }) => ({ location: artifact(path), properties: { platform, statements } })),
        results: report.findings.map((finding) => result(finding, rules)),
        properties: { suppressed: report.suppressed, summary: summaryLines(report) },
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
};

function driver(rules: readonly ReportedRule[], { version }: ReportContext): object {
  return {
    name: 'halint',
    version,
    semanticVersion: version,
    informationUri: 'https://github.com/halint/halint',
    rules: rules.map(({ id, title, why, severity, docs }) => ({
      id,
      name: id.replace(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: sentence(title) },
      fullDescription: { text: told(why) },
      help: { text: told(why), markdown: told(why) },
      ...(docs ? { helpUri: docs } : {}),
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { tags: ['high-availability', id.split('/')[0]] },
    })),
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function result(finding: Finding, rules: readonly ReportedRule[]): object {
  const { rule, severity, message, at, related, fix, fingerprint, device, platform, suggestion } = finding;
  const index = rules.findIndex(({ id }) => id === rule);
  const remedy = toldLines(fix);
  return {
    ruleId: rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: LEVELS[severity],
    message: { text: told(message) },
    locations: [{ physicalLocation: physical(at), logicalLocations: [{ name: told(device), kind: 'resource' }] }],
    relatedLocations: related.map((other, id) => ({ id, ...location(other) })),
    // What a fault sets off, in its order, ends where something has to change.
    ...(rule.startsWith('simulation/') && related.length > 0
      ? {
          codeFlows: [
            {
              threadFlows: [{ locations: [...related, { at, message }].map((step) => ({ location: location(step) })) }],
            },
          ],
        }
      : {}),
    ...(suggestion
      ? {
          fixes: [
            {
              description: { text: told(suggestion.title) },
              artifactChanges: suggestion.edits.map(({ text, ...place }) => ({
                artifactLocation: artifact(place.file),
                replacements: [{ deletedRegion: region(place), insertedContent: { text: toldLines(text) } }],
              })),
            },
          ],
        }
      : {}),
    partialFingerprints: { 'halint/v1': fingerprint },
    properties: { device: told(device), platform, ...(remedy === '' ? {} : { fix: remedy }) },
  };
}

function location({ at, message }: Related): object {
  return { physicalLocation: physical(at), message: { text: told(message) } };
}

function physical(at: Place): object {
  return { artifactLocation: artifact(at.file), region: region(at) };
}

function region({ line, column, endLine, endColumn }: Place): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Paths are relative to where halint ran; one that leads elsewhere stands by itself. */
function artifact(path: string): object {
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}
