/** Writing down what was observed, for whoever builds the simulation. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes one scenario's observation as JSON. */
export const record = (folder: string, scenario: string, observation: unknown): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${scenario}.json`), `${JSON.stringify(observation, null, 2)}\n`);
};
