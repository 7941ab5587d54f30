/** Bundles the lab and runs it: `npm run lab -- [options]`. `--help` lists the options. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'halint-lab-run-'));
const outfile = join(folder, 'lab.mjs');
try {
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { main } = await import(outfile);
  process.exitCode = await main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
} catch (error) {
  // Networks may still be running: leaving ends them, since their first processes read a pipe from this one.
  console.error(error);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}
