// Leaves the compiled form of dist/cli.cjs beside it, as V8 has it after linting an incident: bin/halint.js starts from
// that. It fits this version of V8 alone; another one compiles anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const bundle = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const incident = fileURLToPath(new URL('../fixtures/incidents/saas-core-switch-2016', import.meta.url));
if (existsSync(incident)) {
  const script = new vm.Script(module.wrap(readFileSync(bundle, 'utf8')), { filename: bundle });
  const exported = { exports: {} };
  script.runInThisContext()(exported.exports, createRequire(bundle), exported, bundle, dirname(bundle));
  process.argv.splice(2, Number.POSITIVE_INFINITY, '--no-baseline', '--config', '/dev/null', '--', incident);
  await exported.exports.main();
  process.exitCode = 0;
  writeFileSync(`${bundle}.${process.versions.v8}-${process.arch}`, script.createCachedData());
}
