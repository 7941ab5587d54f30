import type { Finding } from './finding.ts';

const SIMULATED = 'simulation/';
/** Topics whose findings say in plain words what the simulation then shows. */
const PLAIN = /^(?:peer|heartbeat|failover|vip|gateway|mlag|topology|link|monitor|pool)\//;

/**
 * Leaves out what the simulation found where a plainer rule already speaks of the device, or of one of
 * the files in the chain; and of several faults that end in the same way at the same line all but the first.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const plain = findings.filter((f) => PLAIN.test(f.rule) && f.severity === 'error');
  const devices = new Set(plain.map((f) => f.device));
  const files = new Set(plain.map((f) => f.at.file));
  const isEcho = (f: Finding): boolean =>
    devices.has(f.device) || [f.at.file, ...f.related.map((r) => r.at.file)].some((file) => files.has(file));
  const seen = new Set<string>();
  return findings.filter((f) => {
    if (!f.rule.startsWith(SIMULATED)) return true;
    const key = `${f.rule}\n${f.at.file}\n${f.at.line}`;
    if (isEcho(f) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
