import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkProjectFile } from '../src/project/check-project-file.ts';
import { REPORTERS } from '../src/reporters/registry.ts';
import { folderWith, runCli } from './cli/run-cli.ts';

const root = join(__dirname, '..');
const guides = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const blocks = (file: string, language: string): string[] =>
  [...read(file).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text]) => (name === language ? [text ?? ''] : []));

test.each(blocks('docs/project-file.md', 'yaml'))('the project file that the guide shows is one: %j', (text) => {
  expect(checkProjectFile('halint.yaml', text)).toHaveProperty('project');
});

test('the guide to formats lists all of them and no other', () => {
  const listed = [...read('docs/formats.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(Object.keys(REPORTERS).sort());
});

test.each(['compact', 'github', 'json'])('the example of %s is what halint prints', async (format) => {
  const [config = '', ...others] = blocks('docs/formats.md', '');
  const { out } = await runCli(['--format', format], folderWith({ 'lb1/haproxy.cfg': config }));
  if (format === 'json') expect(JSON.parse(out).findings).toEqual([JSON.parse(blocks('docs/formats.md', 'json')[0] ?? '')]);
  else expect(others.some((example) => out.startsWith(example))).toBe(true);
});

/** The options that a command takes, and those of `lint`, which stand without its name. */
async function optionsOf(command: string): Promise<string> {
  const { out } = await runCli([command, '--help'], folderWith({}));
  return out;
}

test.each(guides)('every command and option of halint in %s exists', async (file) => {
  const commands = [...(await optionsOf('help')).matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? '');
  for (const [, line = ''] of read(file).matchAll(/(?:`|^\$ |^)(?:npx )?halint ([^`\n#|]+)/gm)) {
    const [first = ''] = line.trim().split(' ');
    const command = commands.includes(first) ? first : 'lint';
    const help = await optionsOf(command);
    for (const [, option] of line.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)) expect(`${command}: ${help}`).toContain(`--${option}`);
  }
});

test.each(guides)('every link of %s to a file of this repo leads somewhere', (file) => {
  for (const [, target = ''] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    expect({ target, exists: existsSync(join(root, dirname(file), target)) }).toEqual({ target, exists: true });
  }
});
