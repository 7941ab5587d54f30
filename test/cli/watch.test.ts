import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const UNCHECKED = 'backend b\n    server s1 10.0.0.1:80\n';

/** A halint that watches: what it said so far, waiting for a text, and its end. */
function watching(folder: string, ...paths: readonly string[]) {
  const said: string[] = [];
  let interrupt = (): void => {};
  const write = (text: string) => void said.push(text);
  const running = runCli(['--watch', '-f', 'compact', ...paths], folder, {}, false, {
    stdout: { write, isTTY: false },
    stderr: { write, isTTY: false },
    onInterrupt: (stop) => {
      interrupt = stop;
    },
  });
  const saw = async (text: string): Promise<void> => {
    for (let i = 0; i < 400 && !said.join('').includes(text); i++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(said.join('')).toContain(text);
  };
  const end = async (): Promise<number> => {
    interrupt();
    return (await running).code;
  };
  return { said, saw, end, running };
}

test('--watch lints again after a change, tells what is broken, and ends with the interrupt', async () => {
  const folder = folderWith(BLIND_PAIR);
  const { said, saw, end } = watching(folder);
  await saw('watching for changes');
  expect(said.join('')).not.toContain('monitor/missing');
  writeFileSync(join(folder, 'lb1/haproxy.cfg'), UNCHECKED);
  await saw('monitor/missing');
  writeFileSync(join(folder, 'halint.yaml'), 'rulez: {}\n');
  await saw('rulez');
  expect(said.join('')).not.toContain('\u001b');
  expect(await end()).toBe(0);
});

test('--watch of one file sees a new file put in its place, as editors save', async () => {
  const folder = folderWith({ 'lb1/haproxy.cfg': UNCHECKED.replace('80', '80 check'), 'lb1/haproxy.cfg.new': UNCHECKED });
  const { saw, end } = watching(folder, 'lb1/haproxy.cfg');
  await saw('watching for changes');
  renameSync(join(folder, 'lb1/haproxy.cfg.new'), join(folder, 'lb1/haproxy.cfg'));
  await saw('monitor/missing');
  expect(await end()).toBe(0);
});

test('--watch of a glob sees a file that comes to fit it', async () => {
  const folder = folderWith({ 'lb1/haproxy.cfg': UNCHECKED.replace('80', '80 check') });
  const { saw, end } = watching(folder, 'lb*/*.cfg');
  await saw('watching for changes');
  writeFileSync(join(folder, 'lb1/other.cfg'), UNCHECKED);
  await saw('monitor/missing');
  expect(await end()).toBe(0);
});

test('--watch of nothing is a mistake', async () => {
  expect(await watching(folderWith(BLIND_PAIR), 'nowhere').running).toMatchObject({ code: 2 });
});
