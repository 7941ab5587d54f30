// Builds dist/: the command (cli.js) and the library (index.js) as ES modules that share their parts, the library's
// types, and the built-in rules as one JSON. Needs nothing but node_modules, so that `npm ci` alone makes a halint that runs.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileRules } from './compile-rules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** An entry point whose text is given here. */
function given(name, contents) {
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: root, loader: 'js' }));
    },
  };
}

// First, because it is what a mistake in a rule stops: then the last dist/ stays as it was.
const rules = await compileRules(`${root}dist/rules.json`);

for (const old of readdirSync(`${root}dist`)) {
  if (old !== 'rules.json') rmSync(`${root}dist/${old}`, { recursive: true, force: true });
}

// Splitting keeps what is imported only when needed (yaml, ajv, fast-glob) out of the file that is read at every start.
await build({
  entryPoints: { cli: `${root}src/cli/main.ts`, index: `${root}src/index.ts`, rules: 'built-in-rules' },
  plugins: [given('built-in-rules', rules.code)],
  outdir: `${root}dist`,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // jsonc-parser's CommonJS cannot be bundled.
  mainFields: ['module', 'main'],
  chunkNames: 'part-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // CommonJS packages in the bundle call `require` for Node's own modules.
  banner: { js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);" },
  logLevel: 'warning',
});

execFileSync(process.execPath, [tsc, '--project', `${root}tsconfig.types.json`], { stdio: 'inherit' });
// A bundle that does not start must not get any further.
execFileSync(process.execPath, [`${root}bin/halint.js`, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
console.log(`dist/ built, ${rules.count} rules`);
