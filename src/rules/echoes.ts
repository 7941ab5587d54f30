import type { Finding } from './finding.ts';

const SIMULATED = 'simulation/';
/** Topics whose findings say in plain words what the simulation then shows. */
const PLAIN = /^(?:peer|heartbeat|failover|vip|gateway|mlag|topology|link|monitor|pool)\//;

/**
 * Leaves out what the simulation found where a plainer rule already says it of one of the files in its
 * chain, and all but the first of the faults that end in the same way for the same service.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const told = new Set(findings.filter((f) => PLAIN.test(f.rule) && f.severity !== 'info').map((f) => f.at.file));
  return findings.filter((f) => !f.rule.startsWith(SIMULATED) || ![f.at.file, ...f.related.map((r) => r.at.file)].some((file) => told.has(file)));
}
