import { maskLine, maskLines, maskMessage } from '../../src/syntax/secrets.ts';

test.each([
  '        auth_pass S3cret',
  'enable secret 5 S3cret',
  'username admin privilege 15 secret 9 S3cret',
  'username admin password 0 S3cret',
  ' standby 1 authentication md5 key-string 7 S3cret',
  ' standby 1 authentication S3cret',
  ' vrrp 1 authentication text S3cret',
  '  authentication text S3cret',
  '  authentication S3cret',
  ' key 7 S3cret',
  'snmp-server community S3cret RO',
  'snmp-server host 10.0.0.1 version 2c S3cret',
  'snmp-server host 10.0.0.1 traps S3cret',
  'snmp-server user joe grp v3 auth sha S3cret priv aes 128 S3cret',
  'tacacs-server host 10.0.0.1 key 7 S3cret',
  'tacacs-server key S3cret',
  'radius-server key S3cret',
  'ntp authentication-key 1 md5 S3cret 7',
  'neighbor 10.0.0.2 password 7 S3cret',
  ' ip ospf message-digest-key 1 md5 7 S3cret',
  'set system root-authentication encrypted-password "S3cret"',
  'set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24 vrrp-group 1 authentication-key "S3cret"',
  'pre-shared-key ascii-text "S3cret";',
  '    encrypted-password S3cret',
  'set ns rpcNode 10.0.0.1 -password S3cret -encrypted',
  'add snmp community S3cret GET',
  'set ha authentication -secret S3cret',
  'stats auth admin:S3cret',
  '  user joe insecure-password S3cret',
  '  http-check send hdr Authorization "Basic S3cret"',
  '"passphrase": "S3cret"',
  'password: S3cret',
  'ciphertext: "S3cret",',
  'args: --api-token=S3cret',
  'server http://joe:S3cret@10.0.0.1/',
  'authentication { auth_type PASS auth_pass S3cret }',
  'passphrase $M$ab$S3cret==',
  'hash $6$salt$S3cret/abc',
  'clagd-auth S3cret',
])('no secret is left in %j', (line) => {
  expect(maskLine(line)).not.toContain('S3cret');
  expect(maskLine(line)).toContain('***');
});

test.each([
  '    priority 150',
  '    auth_type PASS',
  '    server a 10.0.0.11:80 check inter 2s',
  ' standby 1 priority 110',
  'add ssl certKey web -cert web.crt',
  '    description uplink to core1',
  'ip address 10.0.0.1 255.255.255.0',
  'ltm pool /Common/very/long/path/to/a/pool1234567890abcdef {',
])('what is no secret stays: %j', (line) => {
  expect(maskLine(line)).toBe(line);
});

test('an option of the next statement part is no secret', () => {
  expect(maskLine('set ns rpcNode 10.0.0.1 -password S3cret -encrypted -srcIP 10.0.0.2')).toBe(
    'set ns rpcNode 10.0.0.1 -password *** -encrypted -srcIP 10.0.0.2',
  );
  expect(maskLine(' standby 1 authentication md5 key-string 7 S3cret')).toBe(' standby 1 authentication md5 key-string 7 ***');
});

test('a secret that is itself a word for one is masked', () => {
  expect(maskLine('        auth_pass MySecret')).toBe('        auth_pass ***');
  expect(maskLine('enable secret 5 password')).toBe('enable secret 5 ***');
});

test.each([
  [['  password: |', '    S3cret', '    S3cret', '  user: joe'], 3],
  [['-----BEGIN RSA PRIVATE KEY-----', 'S3cret', 'S3cret==', '-----END RSA PRIVATE KEY-----', 'hostname lb1'], 4],
  [['  authentication-key', '      "S3cret";', '  priority 1;'], 2],
  [['"communities": [', '  "S3cret"', '],', '"name": "lb1"'], 3],
  [['- name: API_TOKEN', '  value: S3cret', '- name: HOST'], 2],
])('%j: a secret may stand on the lines after its word', (lines, shown) => {
  expect(maskLines(lines).join('\n')).not.toContain('S3cret');
  expect(maskLines(lines).slice(shown)).toEqual(lines.slice(shown));
});

test('messages keep their words and lose what looks like a secret', () => {
  expect(maskMessage('the password of lb1 differs from that of lb2')).toBe('the password of lb1 differs from that of lb2');
  expect(maskMessage('no such user joe:$6$salt$abcdef')).not.toContain('abcdef');
});

test('endless lines take no time', () => {
  expect(maskLine('password '.repeat(200_000)).length).toBeGreaterThan(0);
  expect(maskMessage('a://b:'.repeat(100_000)).length).toBeGreaterThan(0);
});
