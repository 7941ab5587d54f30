/** Bundles the fuzzer and runs it: `node test/robustness/fuzz.mjs --minutes 10`. `--help` lists the options. */
import { fileURLToPath } from 'node:url';
import { importTypeScript } from '../../scripts/bundle.mjs';

const { main } = await importTypeScript("export { main } from './test/robustness/fuzz-main.ts';");
process.exitCode = main(process.argv.slice(2), fileURLToPath(new URL('../..', import.meta.url)));
