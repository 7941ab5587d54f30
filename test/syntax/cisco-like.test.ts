import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCiscoLike } from '../../src/syntax/cisco-like.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { cleanTerminalText } from '../../src/syntax/terminal-text.ts';

function parse(text: string) {
  return parseCiscoLike({ path: 'sw.cfg', text, template: false });
}

/** Statements as indented text, each with its line. */
function outline(text: string): string[] {
  const lines: string[] = [];
  const visit = (statements: readonly Statement[], depth: number): void => {
    for (const s of statements) {
      lines.push(`${'  '.repeat(depth)}${s.words.join(' ')}`);
      visit(s.children, depth + 1);
    }
  };
  visit(parse(text).statements, 0);
  return lines;
}

describe('banners are no config', () => {
  test.each([
    ['a running-config of IOS', 'banner motd ^C\ninterface Vlan1\n shutdown\n^C\nhostname a'],
    ['one character', 'banner login #\nhostname wrong\n#\nhostname a'],
    ['the control character itself', 'banner exec \u0003\nhostname wrong\n\u0003\nhostname a'],
    ['a caret that is no control character', 'banner motd  ^one\nhostname wrong^\nhostname a'],
    ['on one line', 'banner motd "hostname wrong"\nhostname a'],
    ['EOS', 'banner login\nhostname wrong\nEOF\nhostname a'],
    ['with Windows line ends', 'banner motd $\r\nhostname wrong\r\n$\r\nhostname a\r\n'],
  ])('%s', (_, text) => {
    expect(outline(text)).toEqual(['hostname a']);
  });

  test('and what follows one keeps its line', () => {
    const [statement] = parse('banner motd ^C\n\n\n^C\nhostname a\n').statements;
    expect([statement?.line, statement?.columns]).toEqual([5, [1, 10]]);
  });

  test('one that is never closed is reported, and the rest is still read', () => {
    const { statements, diagnostics } = parse('hostname a\nbanner motd ^C\nhello\ninterface Vlan1\n');
    expect(diagnostics).toEqual([{ kind: 'syntax', file: 'sw.cfg', line: 2, message: 'banner is never closed' }]);
    expect(statements.map((s) => s.words[0])).toEqual(['hostname', 'hello', 'interface']);
  });
});

describe('what a terminal leaves in', () => {
  test('prompts, and the host name in them', () => {
    expect(outline('SW1#conf t\nSW1(config)#int vlan 10\nSW1(config-if)#ip add 10.0.0.1 255.0.0.0\nSW1(config-if)#end')).toEqual([
      'conf t',
      'int vlan 10',
      '  ip add 10.0.0.1 255.0.0.0',
      'end',
    ]);
    expect(cleanTerminalText('LEAF-5#  show run\n', 'f').promptHost?.name).toBe('LEAF-5');
  });

  test('pager lines, and the backspaces that wipe them out', () => {
    const pager = ` --More-- ${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`;
    expect(outline(`interface Vlan10\n${pager} shutdown\n --More-- \n mtu 9000\n`)).toEqual([
      'interface Vlan10',
      '  shutdown',
      '  mtu 9000',
    ]);
  });

  test('Markdown and lines that begin with a hash', () => {
    expect(outline('# switch 1\n```\nhostname a\n```\n')).toEqual(['hostname a']);
  });

  test('comments after a statement, but not in free text', () => {
    expect(outline('interface Vlan1\n ip address 10.0.0.1/24 ! (.2 on the peer)\n description !! uplink !!')).toEqual([
      'interface Vlan1',
      '  ip address 10.0.0.1/24',
      '  description !! uplink !!',
    ]);
  });
});

describe('text without indentation', () => {
  test('an interface ends where another statement of the top begins', () => {
    expect(
      outline('int g1/0/2\nno sw\nip add 10.0.0.1 255.0.0.0\nspanning-tree vlan 10 root primary\nip route 0.0.0.0 0.0.0.0 10.0.0.2'),
    ).toEqual([
      'int g1/0/2',
      '  no sw',
      '  ip add 10.0.0.1 255.0.0.0',
      'spanning-tree vlan 10 root primary',
      'ip route 0.0.0.0 0.0.0.0 10.0.0.2',
    ]);
  });

  test('groups inside an interface', () => {
    expect(outline('interface Vlan10\nhsrp 10\npriority 110\nip 10.0.0.1\nip address 10.0.0.2/24\nno shutdown\nvlan 20\nname x')).toEqual([
      'interface Vlan10',
      '  hsrp 10',
      '    priority 110',
      '    ip 10.0.0.1',
      '  ip address 10.0.0.2/24',
      '  no shutdown',
      'vlan 20',
      '  name x',
    ]);
  });

  test('vPC and MLAG domains', () => {
    expect(
      outline('vpc domain 1\nrole priority 10\nip arp synchronize\nip route 0.0.0.0/0 10.0.0.1\nmlag configuration\ndomain-id x\nexit'),
    ).toEqual([
      'vpc domain 1',
      '  role priority 10',
      '  ip arp synchronize',
      'ip route 0.0.0.0/0 10.0.0.1',
      'mlag configuration',
      '  domain-id x',
      '  exit',
    ]);
  });

  test('one line that lost its indentation goes back to its interface', () => {
    expect(outline('interface Vlan10\n ip address 10.0.0.1 255.0.0.0\nno sh\n\nhostname a')).toEqual([
      'interface Vlan10',
      '  ip address 10.0.0.1 255.0.0.0',
      '  no sh',
      'hostname a',
    ]);
  });
});

test('any text is read, and its lines stay where they are', () => {
  const word = fc.constantFrom(
    'interface Vlan1',
    ' hsrp 1',
    'banner motd #',
    '#',
    '--More--',
    'sw1#show run',
    'exit',
    '\r',
    '\b',
    ' ip 1.1.1.1',
    '!',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      expect(cleanTerminalText(text, 'f').text.length).toBe(text.length);
      const count = text.split('\n').length;
      for (const s of parse(text).statements) expect(s.line).toBeLessThanOrEqual(count);
    }),
  );
});
