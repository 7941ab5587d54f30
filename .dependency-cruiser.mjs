/**
 * The house as rules: an import points to the left in
 *   project ▶ platforms ▶ model ▶ network ▶ simulation ▶ rules ▶ fix ▶ reporters
 * or to `syntax/` and `model/`, never to the right; only `cli/`, `lsp/` and the face join rooms.
 * `project` and `platforms` come before `model` in what they do, but speak its words: `model/` is open to all.
 */
const ROOMS = ['project', 'platforms', 'network', 'simulation', 'rules', 'fix', 'reporters'];
const OPEN = '^src/(model|syntax)/';

const streets = ROOMS.map((room, i) => ({
  name: `${room}-looks-left`,
  comment: `src/${room} may import itself, the rooms to its left, model/ and syntax/.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  // Discovery hands platforms their files, so the two share types in both directions.
  to: {
    path: '^src/',
    pathNot: [OPEN, `^src/(${[...ROOMS.slice(0, i + 1), ...(room === 'project' ? ['platforms', 'network'] : [])].join('|')})/`],
  },
}));

export default {
  forbidden: [
    ...streets,
    {
      name: 'model-stands-alone',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/(model|syntax)/' },
    },
    {
      name: 'syntax-stands-alone',
      severity: 'error',
      from: { path: '^src/syntax/' },
      to: { path: '^src/', pathNot: '^src/(model|syntax)/' },
    },
    {
      name: 'platforms-apart',
      comment: 'A platform knows no other platform.',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: { path: '^src/platforms/[^/]+/', pathNot: '^src/platforms/$1/' },
    },
    {
      name: 'only-cli-and-project-touch-the-world',
      comment: 'Stages are pure functions: files and streams are for cli/, lsp/ and project/.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|lsp|project)/' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|fs/promises|child_process|process|readline|tty|worker_threads|net|http|https)$',
        pathNot: '^(node:)?net$',
      },
    },
    { name: 'no-tests-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench|scripts)/' } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
