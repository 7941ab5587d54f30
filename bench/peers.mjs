// halint beside what people run on the same files: whole commands, start included, each on a file of its own language.
// `npm run bench -- --peers`: f5-corkscrew and ESLint are fetched from the npm registry into a folder that is removed again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LINES = 20_000;

/** Prints a line for each peer; one that is not on this machine is said not to be. `mixedText` writes the configs. */
export function comparePeers(halint, mixedText) {
  const folder = mkdtempSync(join(tmpdir(), 'halint-peers-'));
  try {
    const config = (file, lines = LINES) => mixedText(6 * lines, lines).find(({ path }) => path.endsWith(file)).text;
    const store = (name, text) => {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, text);
      return path;
    };
    const against = (name, path, command, args, lines = LINES) => {
      const peer = timed(command, args, folder);
      if (peer === undefined) return console.log(`beside ${name}: it is not on this machine, or does not take the file`);
      const own = timed(process.execPath, [halint, '--fail-on', 'never', '-f', 'json', path], folder);
      console.log(`beside ${name}: ${lines} lines ${ms(own)}, ${name} ${ms(peer)}: ${(own / peer).toFixed(2)} times`);
    };
    against('haproxy -c', ...daemon(store('haproxy/haproxy.cfg', config('haproxy.cfg')), 'haproxy', ['-c', '-f']));
    // nginx -t opens what it listens on.
    const nginx = config('nginx.conf').replaceAll(/listen 10[\d.]+:80;/g, 'listen 127.0.0.1:18081;');
    against('nginx -t', ...daemon(store('nginx/nginx.conf', nginx), 'nginx', ['-t', '-c']));
    against('keepalived -t', ...daemon(store('keepalived/keepalived.conf', keepalived(250)), 'keepalived', ['-t', '-f']), 250 * 8);
    fetchPackages(folder, ['f5-corkscrew@0.13.0', 'eslint@9']);
    const corkscrew = join(folder, 'node_modules/f5-corkscrew/dist/ltm.js');
    for (const lines of [LINES, 10 * LINES]) {
      const path = store(`bigip${lines}/bigip.conf`, config('bigip.conf', lines));
      const conf = `{ fileName: 'config/bigip.conf', content: require('fs').readFileSync(${JSON.stringify(path)}, 'utf8') }`;
      const script = `const { default: Config } = require(${JSON.stringify(corkscrew)}); new Config().parseConf(${conf});`;
      against('f5-corkscrew', path, existsSync(corkscrew) ? process.execPath : 'f5-corkscrew', ['-e', script], lines);
    }
    store(
      'eslint.config.mjs',
      "export default [{ files: ['**/*.js'], rules: { 'no-undef': 'error', 'no-unused-vars': 'error', eqeqeq: 'error' } }];\n",
    );
    const source = store('source/code.js', script(LINES));
    against(
      'ESLint on as many lines of JavaScript',
      store('mixed/bigip.conf', config('bigip.conf')),
      join(folder, 'node_modules/.bin/eslint'),
      [source],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function daemon(path, command, args) {
  return [path, command, [...args, path]];
}

function fetchPackages(folder, packages) {
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, ...packages], { cwd: folder });
}

/** Milliseconds of the best of three runs; undefined where there is no such command, or a script of ours fails. */
function timed(command, args, cwd) {
  let best;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    const { error, status } = spawnSync(command, args, { cwd, maxBuffer: 1 << 30 });
    // A daemon may complain of what it is told, and has read it all the same.
    if (error || (command === process.execPath && status !== 0)) return undefined;
    const took = performance.now() - start;
    best = Math.min(best ?? took, took);
    if (took > 20_000) break;
  }
  return best;
}

function keepalived(instances) {
  return Array.from(
    { length: instances },
    (_, n) =>
      `vrrp_instance VI_${n} {\n    interface lo\n    virtual_router_id ${1 + n}\n    priority 100\n    virtual_ipaddress {\n        10.0.${n}.1/24\n    }\n}\n`,
  ).join('');
}

function script(lines) {
  return Array.from(
    { length: lines / 4 },
    (_, n) => `export function f${n}(a, b) {\n  const sum = a + b * ${n};\n  return sum === 0 ? a : sum;\n}\n`,
  ).join('');
}

function ms(time) {
  return time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(1)} s`;
}
