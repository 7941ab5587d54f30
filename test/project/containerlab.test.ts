import { readContainerlab } from '../../src/project/wiring/containerlab.ts';

test('a topology that is cut up is told once, and never in its own words', () => {
  const text = `name: x\n  lb1:\n    secret: hunter22\n      mode: ${'{% else %}'.repeat(2000)}\n`;
  const { diagnostics, wiring } = readContainerlab('net.clab.yml', text);
  expect(wiring).toBeUndefined();
  expect(diagnostics.map(({ kind, file }) => [kind, file])).toEqual([['syntax', 'net.clab.yml']]);
  expect(diagnostics[0]?.message).not.toContain('hunter22');
});
