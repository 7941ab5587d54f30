// Packs halint as npm would publish it, installs it elsewhere, and uses it there as a stranger would: the command on an
// incident, the library from TypeScript. Prints what it tried; exits with 1 where something fails.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'halint-package-'));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function check(what, holds) {
  console.log(`${holds ? 'ok    ' : 'not ok'}  ${what}`);
  if (!holds) process.exitCode = 1;
}

try {
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  const files = run('tar', ['tzf', join(folder, tarball)]).split('\n');
  check(
    'the package holds what runs, its types, docs and schemas',
    ['bin/halint.js', 'dist/cli.cjs', 'dist/types/index.d.ts', 'docs/command-line.md', 'schemas/halint.schema.json'].every((file) =>
      files.includes(`package/${file}`),
    ),
  );
  check('it holds no tests, fixtures and sources', !files.some((file) => /^package\/(?:test|fixtures|src|bench)\//.test(file)));

  const user = join(folder, 'user');
  cpSync(join(root, 'fixtures/incidents/saas-core-switch-2016/bigip/before'), join(user, 'net'), { recursive: true });
  writeFileSync(join(user, 'package.json'), '{"name": "user", "private": true, "type": "module"}\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, tarball)], user);
  const lint = spawnSync('npx', ['--no-install', 'halint', 'net'], { cwd: user, encoding: 'utf8' });
  check('npx halint finds the incident', lint.status === 1 && lint.stdout.includes('failover/uplink-not-watched'));

  writeFileSync(
    join(user, 'use.ts'),
    `import { type Finding, lint } from 'halint';
const { findings } = await lint([{ path: 'lb1/haproxy.cfg', text: 'backend b\\n    server s1 10.0.0.1:80\\n' }]);
const rules: string[] = findings.map((one: Finding) => one.rule);
console.log(rules.join('\\n'));
`,
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const types = spawnSync(
    process.execPath,
    [
      tsc,
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
      'use.ts',
    ],
    { cwd: user, encoding: 'utf8' },
  );
  check(`its types hold in strict TypeScript${types.status === 0 ? '' : `\n${types.stdout}`}`, types.status === 0);
  writeFileSync(
    join(user, 'use.mjs'),
    "import { lint } from 'halint';\nconst { findings } = await lint([{ path: 'lb1/haproxy.cfg', text: 'backend b\\n    server s1 10.0.0.1:80\\n' }]);\nconsole.log(findings.map((one) => one.rule).join('\\n'));\n",
  );
  check('the library finds what the command does', run(process.execPath, ['use.mjs'], user).includes('monitor/missing'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
