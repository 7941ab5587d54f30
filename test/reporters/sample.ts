import type { Report, ReportContext } from '../../src/reporters/reporter.ts';
import type { Finding } from '../../src/rules/finding.ts';

/** What must appear in no format: facts never hold a secret, and what still looks like one is masked last of all. */
export const CANARY = '$1$Canary77$abcdefghijklmnopqrstuv';

/** Config text that tries to be something else: a terminal sequence, markup, a workflow command, a mention. */
export const NASTY = `\u001b[31mred\u0007 <script>alert(1)</script> & "q" 'p' ]]> \`code\` **b** [l](http://e.example) @team #1 |n ##teamcity[x] \ud800`;

const at = (file: string, line: number, endLine = line) => ({ file, line, column: 3, endLine, endColumn: 9 });

const finding = (parts: Partial<Finding>): Finding => ({
  rule: 'peer/missing',
  severity: 'error',
  message: 'lb1 has no peer',
  device: 'lb1',
  platform: 'keepalived',
  at: at('lb1/keepalived.conf', 7),
  related: [],
  fix: '',
  docs: 'https://docs.example/peer/missing.md',
  fingerprint: '0123456789abcdef',
  ...parts,
});

/** A report with everything that makes formats break. */
export const SAMPLE: Report = {
  findings: [
    finding({ fix: `vrrp_instance VI_1 {\n    unicast_peer {\n        192.0.2.2\n    }\n}` }),
    finding({
      rule: 'simulation/outage',
      message: `10.0.0.100:80 is gone when core1 dies: ${NASTY}\n::error::injected`,
      at: at('dc one/später/core,1:x.cfg', 1, 4),
      related: [
        { at: at('lb1/keepalived.conf', 7), message: 'lb1 stays master' },
        { at: at('../other/haproxy.cfg', 2), message: `password ${CANARY}\n::warning::no` },
      ],
      fix: `snmp-server community ${CANARY} ro\n::set-output name=x::y`,
      fingerprint: 'fedcba9876543210',
    }),
    finding({ rule: 'pool/single-member', severity: 'warning', message: 'pool is one server', at: at('C:/repo/lb.conf', 3) }),
    finding({ severity: 'info', message: `auth_pass ${CANARY}`, at: at('lb1/keepalived.conf', 9) }),
    finding({ severity: 'info', message: `auth_pass ${CANARY}`, at: at('lb1/keepalived.conf', 9) }),
  ],
  diagnostics: [
    { kind: 'syntax', file: 'broken.cfg', line: 3, message: `enable secret 5 ${CANARY}\n::error::x` },
    { kind: 'unreadable', file: 'lb1/keepalived.conf', line: 1, message: 'cannot be read (EACCES)' },
  ],
  files: [
    { path: 'clean.cfg', platform: 'cisco-ios', why: '', statements: { read: 5, ignored: 2, unknown: 0 } },
    { path: 'lb1/keepalived.conf', platform: 'keepalived', why: '', statements: { read: 9, ignored: 0, unknown: 1 } },
    { path: 'README', why: 'no platform', statements: { read: 0, ignored: 0, unknown: 0 } },
  ],
  devices: 2,
  suppressed: 3,
  durationMs: 1234,
};

export const EMPTY: Report = { findings: [], diagnostics: [], files: [], devices: 0, suppressed: 0, durationMs: 0 };

export const CONTEXT: ReportContext = {
  textOf: () => undefined,
  rules: ['peer/missing', 'simulation/outage', 'pool/single-member'].map((id) => ({
    id,
    title: `what ${id} means`,
    why: `Because of ${id}.`,
    severity: 'error',
    docs: `https://docs.example/${id}.md`,
  })),
  version: '1.2.3',
  color: false,
  columns: 80,
};
