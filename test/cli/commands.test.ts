import { BLIND, BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

test('explain tells why and how to fix it; an unknown rule gets the nearest', async () => {
  const folder = folderWith({});
  const { code, out } = await runCli(['explain', 'failover/uplink-not-watched'], folder);
  expect(code).toBe(0);
  expect(out).toContain('How to fix it');
  expect(await runCli(['explain', 'failover/uplink-not-wachted'], folder)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining("did you mean 'failover/uplink-not-watched'?"),
  });
});

test('rules lists every rule once, as text and as JSON', async () => {
  const folder = folderWith({});
  const { rules } = JSON.parse((await runCli(['rules', '--format', 'json'], folder)).out);
  const { out } = await runCli(['rules'], folder);
  expect(rules.length).toBeGreaterThan(20);
  for (const { id } of rules) expect(out.split('\n').filter((line) => line.startsWith(`${id} `))).toHaveLength(1);
});

test('model gives each fact with its file and line, or the page of the default; secrets are masked', async () => {
  const { code, out } = await runCli(['model'], folderWith(BLIND_PAIR));
  expect(code).toBe(0);
  const model = JSON.parse(out);
  expect(Object.keys(model)).toEqual(expect.arrayContaining(['devices', 'links', 'groups', 'pairs', 'services']));
  const [member] = model.devices[0].members;
  expect(member.priority).toEqual({ value: 150, file: 'lb1/keepalived.conf', line: 6 });
  expect(member.preempt).toMatchObject({ value: true, default: expect.stringMatching(/^https:/) });
  expect(member.authentication.key).toMatchObject({ value: '***' });
  expect(model.services).toEqual([{ service: 'lb1|lb2 10.10.0.100', address: '10.10.0.100', port: null, devices: ['lb1', 'lb2'] }]);
});

describe('the project file', () => {
  const withProject = (yaml: string, more: Record<string, string> = {}) => folderWith({ ...BLIND_PAIR, ...more, 'halint.yaml': yaml });
  const lint = async (folder: string, cwd = folder) => JSON.parse((await runCli(['-f', 'json'], cwd)).out);
  const rule = 'failover/uplink-not-watched';

  test('sets severities, options and what fails', async () => {
    const folder = withProject(`rules:\n  ${rule}: warning\n  heartbeat/isolated-from-service: off\nfailOn: never\n`);
    const { findings } = await lint(folder);
    expect(findings.filter((one: { rule: string }) => one.rule === rule).map((one: { severity: string }) => one.severity)).toContain(
      'warning',
    );
    expect(findings.map((one: { rule: string }) => one.rule)).not.toContain('heartbeat/isolated-from-service');
    expect((await runCli([], folder)).code).toBe(0);
    expect((await runCli(['--fail-on', 'warning'], folder)).code).toBe(1);
  });

  test('weighs a rule by path', async () => {
    const folder = withProject(`rules:\n  ${rule}:\n    overrides:\n      - {files: 'lb1/**', severity: off}\n`);
    const { findings } = await lint(folder);
    expect(findings.map((one: { rule: string; file: string }) => `${one.rule} ${one.file}`)).not.toContain(`${rule} lb1/keepalived.conf`);
  });

  test('ignores with a reason, until a day; what is kept back is counted', async () => {
    const ignore = (until: string) => `ignore:\n  - {rule: ${rule}, reason: known since the audit, until: ${until}}\n`;
    expect((await lint(withProject(ignore("'9999-12-31'")))).summary.suppressed).toBeGreaterThan(0);
    expect((await lint(withProject(ignore("'2020-01-01'")))).summary.suppressed).toBe(0);
  });

  test('is found upward, its globs are relative to it', async () => {
    const folder = withProject("exclude: ['net/old/**']\ndevices:\n  primary: {files: net/lb1/keepalived.conf}\n", {
      'net/lb1/keepalived.conf': BLIND,
      'net/old/keepalived.conf': BLIND,
    });
    const model = JSON.parse((await runCli(['model'], `${folder}/net`)).out);
    expect(model.devices.map((one: { name: string }) => one.name)).toEqual(['primary']);
  });

  test('weighs a rule otherwise on some devices, or in some files of theirs', async () => {
    const overrides = (one: string) => `rules:\n  ${rule}:\n    overrides:\n      - ${one}\n`;
    const devices = async (yaml: string): Promise<readonly string[]> => {
      const { findings } = await lint(withProject(yaml));
      return findings.filter((one: { rule: string }) => one.rule === rule).map((one: { device: string }) => one.device);
    };
    expect(await devices('')).toEqual(['lb1', 'lb2']);
    expect(await devices(overrides('{devices: lb2, severity: off}'))).toEqual(['lb1']);
    expect(await devices(overrides('{devices: [lb1, lb2], files: "lb1/*", severity: off}'))).toEqual(['lb2']);
  });

  test('that extends a file with a mistake names that file', async () => {
    const folder = withProject('extends: ./shared.yaml\n', { 'shared.yaml': 'rules:\n  monitor/none: off\n' });
    expect(await runCli([], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining("shared.yaml:2: there is no rule 'monitor/none'"),
    });
  });

  test('names devices and wires them', async () => {
    const folder = withProject(
      'topology:\n  nodes:\n    sw: {kind: bridge}\n  links:\n    - endpoints: ["lb1:eth0", "sw:1"]\n    - endpoints: ["lb2:eth0", "sw:2"]\n',
    );
    const model = JSON.parse((await runCli(['model'], folder)).out);
    expect(model.links).toHaveLength(2);
    expect(model.links[0]).toMatchObject({ evidence: 'project-file', file: 'halint.yaml', line: 5 });
  });

  test.each([
    ['inclde: [a]', "halint.yaml:1: unknown key 'inclde', did you mean 'include'?"],
    ['failOn: eror', "halint.yaml:1: 'failOn' is 'eror'; it must be one of error, warning, info, never, did you mean 'error'?"],
    [`rules:\n  ${rule}: fatal`, `halint.yaml:2: 'rules.${rule}' is 'fatal'; it must be one of error, warning, info, off`],
    [
      'rules:\n  failover/uplink-not: error',
      "halint.yaml:2: there is no rule 'failover/uplink-not', did you mean 'failover/uplink-not-watched'?",
    ],
    [
      'failOn: error\nignore:\n  - {rule: monitor/misisng, reason: not yet}',
      "halint.yaml:3: there is no rule 'monitor/misisng', did you mean 'monitor/missing'?",
    ],
    [
      'rules:\n  failover/failsafe-too-slow:\n    options:\n      secs: 3',
      "halint.yaml:4: rule failover/failsafe-too-slow has no option 'secs'; it has",
    ],
    [
      'rules:\n  failover/failsafe-too-slow:\n    options: {seconds: many}',
      "halint.yaml:3: option 'seconds' of rule failover/failsafe-too-slow must be a number",
    ],
    ['rules:\n  monitor/missing:\n    overrides:\n      - {severity: off}', 'halint.yaml:4'],
    ['ignore:\n  - {rule: a/b}', "halint.yaml:2: 'ignore.0' has no 'reason'"],
    ['devices:\n  lb1: {}', "halint.yaml:2: 'devices.lb1' has no 'files'"],
    ['devices:\n  lb1: {files: a, platform: keepalve}', "did you mean 'keepalived'?"],
    ['include: [a', 'halint.yaml:1: not YAML'],
    ['- a', 'halint.yaml:1: the project file must be a mapping'],
    ['rulesDir: own', 'own does not exist'],
  ])('that is wrong is exit code 2 and says where: %j', async (yaml, message) => {
    const { code, out, err } = await runCli([], withProject(yaml));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('may be empty', async () => {
    expect((await runCli(['--fail-on', 'never'], withProject('# nothing yet\n'))).code).toBe(0);
  });

  test('a broken rule of one’s own is exit code 2, with its place', async () => {
    const folder = withProject('rulesDir: own\n', { 'own/x/y.yaml': 'id: x/y\ntitle: [\n' });
    expect(await runCli([], folder)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/own\/x\/y\.yaml:\d+/) });
  });

  test('a rule of one’s own that would run for ever ends', async () => {
    const numbers = Array.from({ length: 30 }, (_unused, i) => i).join(', ');
    const folder = withProject('rulesDir: own\n', {
      'own/x/y.yaml': `id: x/y
title: Too far
severity: error
why: It tests what halint does with it.
fix: {default: None.}
sources: ['https://example.org/']
checks:
  - for: device
    let: {l: '[${numbers}]'}
    require: (l+l+l+l+l+l+l).all(a, (l+l+l+l+l+l+l).all(b, (l+l+l+l+l+l+l).all(c, (l+l+l+l+l+l+l).all(d, a + b + c + d >= 0))))
    message: '{{device.name}}'
examples:
  - platform: keepalived
    bad: {a.conf: ''}
    good: {a.conf: ''}
    at: ['a.conf:1']
`,
    });
    expect(await runCli([], folder)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('rule x/y takes too many steps'),
    });
  });
});
