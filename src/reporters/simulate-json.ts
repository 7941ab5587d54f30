import type { Service } from '../network/network.ts';
import type { FaultResult } from '../simulation/simulate.ts';
import { maskMessage } from '../syntax/secrets.ts';
import { jsonText } from './json-text.ts';

/**
 * The contract's JSON of a simulation, piece by piece, for it grows with faults times services: every fault, every
 * service, and the chain of reasons where the verdict is not ok.
 */
export function* simulationJson(services: readonly Service[], results: Iterable<FaultResult>): Generator<string> {
  const told = services.map(({ name, address, port }) => ({ service: maskMessage(name), address, port }));
  yield `{\n  "version": 1,\n  "services": ${indented(told, 2)},\n  "faults": [`;
  let empty = true;
  for (const result of results) {
    yield `${empty ? '' : ','}\n    ${indented(faultOf(result), 4)}`;
    empty = false;
  }
  yield empty ? ']\n}\n' : '\n  ]\n}\n';
}

function faultOf({ fault, services }: FaultResult): object {
  return {
    fault: fault.name,
    services: services.map(({ service, verdict, active, splitBrain, because }) => ({
      address: service.address,
      port: service.port,
      verdict,
      active,
      splitBrain,
      because: because.map(({ text, at }) => ({ text: maskMessage(text), ...(at ? { file: at.file, line: at.line } : {}) })),
    })),
  };
}

function indented(value: unknown, by: number): string {
  return jsonText(value, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
}
