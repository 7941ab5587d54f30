import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { loadRule } from '../../src/rules/load.ts';

const real = readFileSync(`${__dirname}/../../rules/failover/priority-equal.yaml`, 'utf8');

test('no text makes the loader throw, and every problem has a place in the file', () => {
  const damaged = fc
    .tuple(fc.nat(real.length), fc.nat(60), fc.string({ maxLength: 12 }))
    .map(([from, length, text]) => real.slice(0, from) + text + real.slice(from + length));
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string({ maxLength: 200 })), (text) => {
      const lines = text.split('\n');
      for (const problem of loadRule('rules/failover/priority-equal.yaml', text).problems) {
        expect(problem.line).toBeGreaterThanOrEqual(1);
        expect(problem.line).toBeLessThanOrEqual(lines.length);
        expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1]?.length ?? 0) + 1);
        expect(problem.message).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: 300 },
  );
});
