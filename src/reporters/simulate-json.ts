import type { Service } from '../network/network.ts';
import type { FaultResult } from '../simulation/simulate.ts';
import { maskMessage } from '../syntax/secrets.ts';

/** The contract's JSON of a simulation: every fault, every service, and the chain of reasons where the verdict is not ok. */
export function simulationJson(services: readonly Service[], results: readonly FaultResult[]): string {
  const body = {
    version: 1,
    services: services.map(({ name, address, port }) => ({ service: maskMessage(name), address, port })),
    faults: results.map(({ fault, services: verdicts }) => ({
      fault: fault.name,
      services: verdicts.map(({ service, verdict, active, splitBrain, because }) => ({
        address: service.address,
        port: service.port,
        verdict,
        active,
        splitBrain,
        because: because.map(({ text, at }) => ({ text: maskMessage(text), ...(at ? { file: at.file, line: at.line } : {}) })),
      })),
    })),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}
