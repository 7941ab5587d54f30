#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const bundle = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const require = createRequire(bundle);

/** The command from what the build compiled for this very V8: compiling it anew takes as long as a short lint. */
function compiled() {
  const cachedData = readFileSync(`${bundle}.${process.versions.v8}-${process.arch}`);
  const source = module.wrap(readFileSync(bundle, 'utf8'));
  const script = new vm.Script(source, { filename: bundle, cachedData });
  const exported = { exports: {} };
  script.runInThisContext()(exported.exports, require, exported, bundle, dirname(bundle));
  return exported.exports;
}

function command() {
  try {
    return compiled();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    // Built by another Node. Node 22 and later keep compiled code themselves.
    module.enableCompileCache?.();
    return require(bundle);
  }
}

await command().main();
