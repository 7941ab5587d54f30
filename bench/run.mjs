// Prints how long halint takes as multiples of something plain on the same machine in the same run.
// `npm run bench`, `npm run bench -- --short` (under a minute), or `-- --peers` (beside other tools). It prints and does not judge.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from '../scripts/bundle.mjs';
import { comparePeers } from './peers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const short = process.argv.includes('--short');

const halint = await importTypeScript(`
  export { analyse } from './src/lint.ts';
  export { simulate } from './src/simulation/simulate.ts';
  export { singleFaults } from './src/simulation/fault.ts';
  export { PLATFORMS } from './src/platforms/registry.ts';
  export { estate } from './bench/estate.ts';
  export { mixedText } from './bench/text.ts';
`);
if (!existsSync(`${root}dist/index.js`)) {
  console.error('dist/ is not built (npm run build)');
  process.exit(2);
}
const library = await import(`${root}dist/index.js`);
const rules = await library.builtinRules();

if (process.argv.includes('--peers')) {
  comparePeers(`${root}bin/halint.js`, halint.mixedText);
  process.exit(0);
}
startUp();
again(short ? 1_000 : 10_000);
await throughput(short ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]);
faults(short ? [100, 1_000] : [100, 1_000, 5_000]);

/** The command on an incident's configs, against a Node that does nothing: the median of several runs each, in turn. */
function startUp() {
  const command = `${root}bin/halint.js`;
  const incident = `${root}fixtures/incidents/saas-core-switch-2016/bigip/before`;
  const runs = Array.from({ length: short ? 5 : 15 }, () => [
    timed(() => spawnSync(process.execPath, ['-e', '0'])),
    timed(() => spawnSync(process.execPath, [command, incident], { cwd: root })),
  ]);
  const [nothing, lint] = [0, 1].map((i) => median(runs.map((run) => run[i])));
  console.log(`start: halint on an incident ${ms(lint)}, node -e 0 ${ms(nothing)}: ${times(lint / nothing)}`);
}

/** An estate again with one file changed: with what the last run kept, against without; and the memory that each takes. */
function again(devices) {
  const folder = mkdtempSync(join(tmpdir(), 'halint-bench-'));
  try {
    store(folder, halint.estate(devices));
    // What changed a moment ago may change again unseen, so halint does not yet trust its date.
    spawnSync('sleep', ['2.5']);
    const run = (...args) => {
      const watch = `--import=data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`;
      const start = performance.now();
      const { stderr } = spawnSync(process.execPath, [watch, `${root}bin/halint.js`, ...args, folder], { cwd: folder, maxBuffer: 1 << 30 });
      return { took: performance.now() - start, peak: Math.round(Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024) };
    };
    const cold = run('--cache');
    const changed = join(folder, 'pod0-lb0a/keepalived.conf');
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('delay 1', 'delay 2'));
    const warm = run('--cache');
    console.log(
      `again: ${devices} devices ${ms(cold.took)} (${cold.peak} MiB), with one file changed ${ms(warm.took)} (${warm.peak} MiB): ${(warm.took / cold.took).toFixed(2)} times`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reading, modelling and checking, against reading the same files and splitting them into lines and words. */
async function throughput(sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'halint-bench-'));
  try {
    await lint(halint.mixedText(6_000)); // Lets the compiler warm up, as a long run does by itself.
    for (const size of sizes) {
      const { paths, lines } = store(folder, halint.mixedText(size));
      const plain = timed(() => splitAll(paths));
      const start = performance.now();
      await lint(paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })));
      const whole = performance.now() - start;
      console.log(
        `lint: ${lines} lines ${ms(whole)} (${((1000 * whole) / lines).toFixed(1)} µs a line), reading and splitting them ${ms(plain)}: ${times(whole / plain)}`,
      );
    }
    function splitAll(paths) {
      let words = 0;
      for (const path of paths) for (const line of readFileSync(join(folder, path), 'utf8').split('\n')) words += line.split(/\s+/).length;
      return words;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function store(folder, files) {
  let lines = 0;
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    lines += text.split('\n').length - 1;
  }
  return { paths: files.map((file) => file.path), lines };
}

function lint(texts) {
  return library.lint(texts, { rules });
}

/** Every single fault of an estate; what one fault costs should not grow with the estate. */
function faults(sizes) {
  let first;
  for (const network of halint.analyse(halint.estate(100), { platforms: halint.PLATFORMS }).networks) halint.simulate(network);
  for (const size of sizes) {
    const { networks } = halint.analyse(halint.estate(size), { platforms: halint.PLATFORMS });
    const all = networks.map((network) => [network, halint.singleFaults(network)]);
    const count = all.reduce((sum, [, list]) => sum + list.length, 0);
    const devices = networks.reduce((sum, network) => sum + network.devices.length, 0);
    const took = timed(() => {
      for (const [network, list] of all) halint.simulate(network, list);
    });
    first ??= took / count;
    console.log(
      `simulate: ${devices} devices, ${count} faults ${ms(took)} (${((1000 * took) / count).toFixed(0)} µs a fault): ${times(took / count / first)} what a fault costs in the smallest`,
    );
  }
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function ms(time) {
  return time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(1)} s`;
}

function times(ratio) {
  return `${ratio.toFixed(1)} times`;
}
