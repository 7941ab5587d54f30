import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

test('--watch lints again after a change, tells what is broken, and ends with the interrupt', async () => {
  const folder = folderWith(BLIND_PAIR);
  const said: string[] = [];
  let interrupt = (): void => {};
  const saw = async (text: string): Promise<void> => {
    for (let i = 0; i < 400 && !said.join('').includes(text); i++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(said.join('')).toContain(text);
  };
  const write = (text: string) => void said.push(text);
  const running = runCli(['--watch', '-f', 'compact'], folder, {}, false, {
    stdout: { write, isTTY: false },
    stderr: { write, isTTY: false },
    onInterrupt: (stop) => {
      interrupt = stop;
    },
  });
  await saw('watching for changes');
  expect(said.join('')).not.toContain('monitor/missing');
  writeFileSync(join(folder, 'lb1/haproxy.cfg'), 'backend b\n    server s1 10.0.0.1:80\n');
  await saw('monitor/missing');
  writeFileSync(join(folder, 'halint.yaml'), 'rulez: {}\n');
  await saw('rulez');
  expect(said.join('')).not.toContain('\u001b');
  interrupt();
  expect((await running).code).toBe(0);
});
