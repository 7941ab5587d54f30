// What npm runs after an install here and before it packs. A global install from git (pre-commit does one) runs it
// without having installed what the build needs: npm passes its own `global` on
// (https://github.com/npm/cli/issues/8440). Then that is installed first.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
try {
  createRequire(import.meta.url).resolve('esbuild');
} catch {
  const { npm_execpath: npm } = process.env;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const options = ['--no-global', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync(command, [...first, 'ci', ...options], { cwd: root, stdio: 'inherit' });
}
await import('./build.mjs');
