import type { Reporter } from './reporter.ts';
import { countSeverities, summaryLines, untold } from './summary.ts';
import { told } from './told.ts';

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** TeamCity cuts what is longer. */
const LONGEST = 4000;

/** TeamCity's inspections (https://www.jetbrains.com/help/teamcity/service-messages.html#Reporting+Inspections). */
export const reporter: Reporter = (report, context) => {
  const used = new Set(report.findings.map(({ rule }) => rule));
  const types = context.rules
    .filter(({ id }) => used.has(id))
    .map(({ id, title, why }) =>
      message('inspectionType', { id, name: title, category: id.split('/')[0] ?? 'halint', description: told(why) }),
    );
  if (report.diagnostics.length > 0)
    types.push(
      message('inspectionType', { id: 'diagnostic', name: 'what could not be read', category: 'halint', description: 'Not read' }),
    );
  const findings = report.findings.map(({ rule, severity, message: text, at }) =>
    message('inspection', { typeId: rule, message: told(text), file: at.file, line: at.line, SEVERITY: SEVERITIES[severity] }),
  );
  const diagnostics = untold(report).map(({ kind, file, line, message: text }) =>
    message('inspection', { typeId: 'diagnostic', message: `${kind}: ${told(text)}`, file, line, SEVERITY: 'WEAK WARNING' }),
  );
  const { error, warning, info } = countSeverities(report);
  const counts = { errors: error, warnings: warning, infos: info, suppressed: report.suppressed };
  const values = Object.entries(counts).map(([key, value]) => message('buildStatisticValue', { key: `halint.${key}`, value }));
  return `${[...types, ...findings, ...diagnostics, ...values, ...summaryLines(report)].join('\n')}\n`;
};

function message(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(attributes).map(([key, value]) => `${key}='${escaped(String(value).slice(0, LONGEST).toWellFormed())}'`);
  return `##teamcity[${name} ${list.join(' ')}]`;
}

function escaped(text: string): string {
  return text
    .replace(/[|'[\]]/g, '|$&')
    .replace(/\n/g, '|n')
    .replace(/\r/g, '|r')
    .replace(/[^ -~]/g, (char) => `|0x${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
