// Builds dist/: the command (cli.cjs), the library (index.js) with its types, and the built-in rules as one JSON. Needs nothing but node_modules, so that `npm ci` alone makes a halint that runs.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
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

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // jsonc-parser's CommonJS cannot be bundled.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

// The library, as modules: splitting keeps what is imported only when needed (yaml, ajv, cel) out of what is read at once.
await build({
  ...common,
  entryPoints: { index: `${root}src/index.ts`, rules: 'built-in-rules' },
  plugins: [given('built-in-rules', rules.code)],
  outdir: `${root}dist`,
  splitting: true,
  format: 'esm',
  chunkNames: 'part-[hash]',
  // CommonJS packages in the bundle call `require` for Node's own modules.
  banner: { js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);" },
});

// The command, as one script with the rules' code in it: V8 keeps the compiled form of a script (bin/halint.js). What is
// imported only when needed is not run before.
await build({
  ...common,
  entryPoints: { cli: `${root}src/cli/main.ts` },
  plugins: [
    given('built-in-rules', rules.code),
    {
      name: 'rules-within',
      setup({ onLoad }) {
        const contents = `import { plans } from 'built-in-rules';
          import { readBuiltRules } from './compiled-rules.ts?file';
          export const compiledRules = async () => { const rules = readBuiltRules(); return rules && { rules, plans }; };`;
        onLoad({ filter: /compiled-rules\.ts$/ }, ({ suffix, path }) =>
          suffix === '?file' ? undefined : { contents, resolveDir: dirname(path), loader: 'ts' },
        );
      },
    },
  ],
  outdir: `${root}dist`,
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  define: { 'import.meta.url': 'thisFile' },
  banner: { js: "const thisFile = require('node:url').pathToFileURL(__filename).href;" },
});

execFileSync(process.execPath, [tsc, '--project', `${root}tsconfig.types.json`], { stdio: 'inherit' });
// A bundle that does not start must not get any further.
execFileSync(process.execPath, [`${root}bin/halint.js`, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
execFileSync(process.execPath, [`${root}scripts/code-cache.mjs`], { stdio: ['ignore', 'ignore', 'inherit'] });
console.log(`dist/ built, ${rules.count} rules`);
