import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import glob from 'fast-glob';
import { readRuleFolder } from '../src/cli/rule-files.ts';
import { missing } from './lab/means.ts';

const root = join(__dirname, '..');

type Daemon = 'keepalived' | 'haproxy' | 'nginx';
interface Checked {
  readonly path: string;
  readonly code: number;
  readonly said: string;
}

/** Configs that are not meant to be valid, and what their daemon has against them. */
const REFUSED: readonly (readonly [path: RegExp, says: RegExp])[] = [
  [/haproxy\/bad-track-unchecked\//, /does not have any check/],
  [/haproxy\/bad-typos\//, /unknown keyword 'balence'/],
  [/haproxy\/bad-undefined-names\//, /unable to find required use_backend/],
  [/keepalived\/bad-empty-peers\//, /without any unicast peers/],
  [/keepalived\/bad-lvs-checks\//, /exceeds total weight/],
  [/keepalived\/bad-no-address\//, /No VIP specified/],
  [/keepalived\/bad-nopreempt-master\/lb1/, /nopreempt will not work with initial state MASTER/],
  [/keepalived\/bad-script-undefined\//, /track script \S+ not found/],
  [/keepalived\/bad-sync-group-weights\//, /ignoring tracked script \S+ with weights due to SYNC group/],
  [/keepalived\/bad-unknown-keyword\//, /Unknown keyword/],
  // Their scripts stand on the hosts that the incidents happened on.
  [/incidents\/(?:keepalived-731|kube-keepalived-vip-72).*\/keepalived\.conf$/, /Disabling track script \S+ since not found/],
  [/nginx\/bad-names\//, /host not found in upstream "biling"/],
  // Directives and modules that only NGINX Plus has, or that Debian does not ship.
  [/nginx\/(?:bad-plus-in-oss|good-plus)\//, /emerg/],
];

/** Good examples of rules that their daemon has something against, on purpose. */
const NOTED: readonly (readonly [path: RegExp, says: RegExp])[] = [
  [/peer\/authentication-mismatch\/\d+\/good/, /Truncating auth_pass to 8 characters/],
];

const scratch = mkdtempSync(join(tmpdir(), 'halint-daemons-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function daemonOf(path: string): Daemon | undefined {
  if (/\/haproxy[^/]*\.cfg$/.test(path)) return 'haproxy';
  if (/\/keepalived[^/]*\.conf$/.test(path)) return 'keepalived';
  return /\/nginx\.conf$/.test(path) ? 'nginx' : undefined;
}

/** A folder with a certificate and its key under each of the names. */
function certificates(names: Iterable<string>): string {
  const folder = join(scratch, 'certificates');
  mkdirSync(folder, { recursive: true });
  const pem = join(folder, 'any.pem');
  const key = join(folder, 'any.key');
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=any.example'];
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', pem], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(pem, readFileSync(pem, 'utf8') + readFileSync(key, 'utf8'));
  for (const name of names) copyFileSync(pem, join(folder, name));
  return folder;
}

/** Asks the daemons about configs. */
function check(paths: readonly string[]): Checked[] {
  const all = (pattern: RegExp): Set<string> => new Set(paths.flatMap((path) => readFileSync(path, 'utf8').match(pattern) ?? []));
  const names = all(/\b[\w-]+(?:\.[\w-]+)*\.example(?:\.\w+)?\b/g);
  const secrets = certificates(all(/(?<=\/etc\/ssl\/private\/)[\w.-]+/g));
  const hosts = join(scratch, 'hosts');
  writeFileSync(hosts, ['127.0.0.1 localhost', ...[...names].map((name) => `192.0.2.1 ${name}`), ''].join('\n'));
  const list = paths.map((path) => `${daemonOf(path)}\t${path}\n`).join('');
  const { stdout, stderr, status } = spawnSync('unshare', ['--net', '--mount', 'bash', join(__dirname, 'daemons.sh'), hosts, secrets], {
    input: list,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, code, path = '', said = ''] = line.split('\t');
      return { path, code: Number(code), said };
    });
}

/** keepalived ends with 6 where a script would run as root, which is the machine's matter. */
const isValid = ({ code }: Checked): boolean => code === 0 || code === 6;

const openssl = spawnSync('openssl', ['version']).status === 0 && existsSync('/etc/ssl/private');
const lacking = [...missing(), ...(openssl ? [] : ['openssl is not installed'])];
if (lacking.length > 0) {
  test(`the daemons' own checks are left out: ${lacking.join('; ')}`, () => {
    console.info(`left out: ${lacking.join('; ')}`);
    expect(lacking).not.toEqual([]);
  });
} else {
  test('keepalived, HAProxy and nginx take every fixture that is meant to be valid, and refuse the others', () => {
    const paths = glob
      .sync('fixtures/**/*.{conf,cfg}', { cwd: root, absolute: true })
      .filter((path) => daemonOf(path))
      .sort();
    expect(paths.length).toBeGreaterThan(200);
    const wrong = check(paths).flatMap((checked) => {
      const path = relative(root, checked.path);
      const expected = REFUSED.find(([refused]) => refused.test(path));
      const holds = expected ? !isValid(checked) && expected[1].test(checked.said) : isValid(checked);
      return holds ? [] : [{ path, meant: expected ? 'refused' : 'valid', said: checked.said }];
    });
    expect(wrong).toEqual([]);
  }, 60_000);

  test('they take the good examples of the rules', () => {
    const paths = readRuleFolder(join(root, 'rules')).rules.flatMap((rule) =>
      rule.examples.flatMap(({ good }, index) =>
        Object.entries(good).flatMap(([path, text]) => {
          const file = join(scratch, rule.id, String(index), 'good', path);
          if (!daemonOf(file)) return [];
          mkdirSync(dirname(file), { recursive: true });
          // An excerpt lacks what every whole nginx.conf has.
          writeFileSync(file, daemonOf(file) === 'nginx' && !/^\s*events/m.test(text) ? `events {}\n${text}` : text);
          return [file];
        }),
      ),
    );
    expect(paths.length).toBeGreaterThan(100);
    const wrong = check(paths).filter(
      (checked) => !isValid(checked) && !NOTED.some(([path, says]) => path.test(checked.path) && says.test(checked.said)),
    );
    expect(wrong).toEqual([]);
  }, 60_000);
}
