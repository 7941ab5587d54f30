import { jsonDiagnostic, jsonFinding, jsonSummary } from './json.ts';
import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** One JSON object a line, for pipes and log stores: what `json` holds, each part with its `type`, the summary last. */
export const reporter: Reporter = (report) =>
  [
    ...report.findings.map((finding) => ({ type: 'finding', ...jsonFinding(finding) })),
    ...report.diagnostics.map((diagnostic) => ({ type: 'diagnostic', ...jsonDiagnostic(diagnostic) })),
    { type: 'summary', version: 1, ...jsonSummary(report) },
  ]
    .map((line) => `${jsonText(line)}\n`)
    .join('');
