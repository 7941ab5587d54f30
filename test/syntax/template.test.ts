import fc from 'fast-check';
import { parseBraces } from '../../src/syntax/braces.ts';
import { parseIndented } from '../../src/syntax/indented.ts';
import { isUnknown, maskTemplate, PLACEHOLDER, withoutMarks } from '../../src/syntax/template.ts';

const haproxy = { quotes: '"\'', escapes: true, comments: '#' };
const keepalived = { quotes: '"\'', escapes: true, comments: '#!', ends: 'newline' } as const;

function lines(path: string, text: string) {
  return parseIndented(maskTemplate(path, text).text, path, haproxy).statements;
}

test('a placeholder is one unknown word and keeps the columns of what follows', () => {
  const [bind] = lines('haproxy.cfg.j2', 'bind {{ vip | default("a b") }}:80 transparent\n');
  expect(bind?.words.map(isUnknown)).toEqual([false, true, false]);
  expect(bind?.words[1]?.endsWith(':80')).toBe(true);
  expect(bind?.columns).toEqual([1, 6, 36]);
});

test('statements in a Jinja loop or condition may not be there; those around it are', () => {
  const [backend] = lines(
    'haproxy.cfg.j2',
    'backend b\n{% for m in ms %}\n  server {{ m }} 10.0.0.1:80\n{% endfor %}\n  server x 10.0.0.2:80\n',
  );
  expect(backend?.children.map((c) => [c.words[0], c.maybe ?? false, c.line])).toEqual([
    ['server', true, 3],
    ['server', false, 5],
  ]);
  expect(backend?.maybe).toBeUndefined();
});

test('both branches of a condition are uncertain', () => {
  const [one, two, three] = lines('a.j2', '{% if x %}\nuser a\n{%- else -%}\nuser b\n{% endif %}\nuser c\n');
  expect([one?.maybe, two?.maybe, three?.maybe]).toEqual([true, true, undefined]);
});

test('a condition inside a line makes an unknown value, not two words', () => {
  const [state] = lines('k.conf.j2', 'state {% if primary %}MASTER{% else %}BACKUP{% endif %}\n');
  expect(state?.words).toHaveLength(2);
  expect(isUnknown(state?.words[1] ?? '')).toBe(true);
});

test('a condition around the whole line guards the statement', () => {
  const [statement] = lines('k.conf.j2', '{% if a %}nopreempt{% endif %}\n');
  expect([statement?.words, statement?.maybe]).toEqual([['nopreempt'], true]);
});

test.each([
  ['consul-template', 'h.ctmpl', '{{ range service "web" }}\nserver {{ .Node }} {{ .Address }}:{{ .Port }} check\n{{ end }}\nlog x\n'],
  ['Handlebars', 'h.hbs', '{{#each servers}}\nserver {{name}} {{ip}} check\n{{/each}}\nlog x\n'],
  ['ERB', 'h.erb', '<% @servers.each do |s| -%>\nserver <%= s %> <%= s.ip %> check\n<% end -%>\nlog x\n'],
  ['EPP', 'h.epp', '<% $servers.each |$s| { -%>\nserver <%= $s %> <%= $s %> check\n<% } -%>\nlog x\n'],
])('%s loops are conditional too', (_, path, text) => {
  const [server, log] = lines(path, text);
  expect([server?.words[0], server?.maybe, server?.line]).toEqual(['server', true, 2]);
  expect([log?.words[0], log?.maybe]).toEqual(['log', undefined]);
});

test('a raw block is always there, and comments vanish', () => {
  const [a, b] = lines('h.j2', '{% raw %}\nuser a\n{% endraw %}\n{# server x\n #}\nuser b\n');
  expect([a?.maybe, b?.words, b?.line]).toEqual([undefined, ['user', 'b'], 6]);
});

test.each([
  ['F5 nested braces', 'bigip.conf', 'members { {{ip a}{ip b}} }'],
  ['F5 nested braces around one', 'bigip.conf', 'members { {{ip a}} }'],
  ['HAProxy log formats', 'haproxy.cfg', 'log-format "%{+Q}o %ci {%hr} %%"'],
  ['JSON', 'a.json', '{"a":{"b":{}}}'],
  ['a comment behind a brace', 'nginx.conf', 'server {# here #}'],
  ['an environment variable that the daemon reads', 'haproxy.cfg', 'bind "${VIP}:80"'],
])('%s are no template', (_, path, text) => {
  expect(maskTemplate(path, text)).toEqual({ path, text, template: false });
});

test('a config under its own name is a template when it holds tags', () => {
  const source = maskTemplate('keepalived.conf', 'vrrp_instance A {\n  {% if x %}\n  nopreempt\n  {% endif %}\n  priority {{ prio }}\n}\n');
  const [instance] = parseBraces(source.text, source.path, keepalived).statements;
  expect(source.template).toBe(true);
  expect(instance?.children.map((c) => c.maybe ?? false)).toEqual([true, false]);
});

test('an inline choice is a placeholder whatever the file is called', () => {
  expect(isUnknown(maskTemplate('keepalived.conf', 'priority {{ a if b else c }}').text)).toBe(true);
  expect(isUnknown(maskTemplate('keepalived.conf', 'priority {{prio}}').text)).toBe(true);
});

test('envsubst variables in a template file are placeholders', () => {
  const source = maskTemplate('keepalived.conf.tmpl', 'priority ${PRIORITY}\n');
  expect(isUnknown(source.text)).toBe(true);
});

test('masking keeps length and line breaks of any text, and never throws', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '<%',
    '%>',
    '{#',
    '#}',
    ' if ',
    ' end',
    'endif',
    ' for ',
    '\n',
    'x',
    '}',
    '${A}',
    '=',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), fc.constantFrom('a.j2', 'a.cfg', 'a.erb'), (parts, path) => {
      const text = parts.join('');
      const masked = maskTemplate(path, text).text;
      expect(masked).toHaveLength(text.length);
      expect(masked.split('\n')).toHaveLength(text.split('\n').length);
      expect(withoutMarks(masked)).toHaveLength(text.length);
    }),
  );
});

test.each(['{{{NAME}}}', '{{{ app.name }}}'])('a value that Mustache fills in is a placeholder: %s', (tag) => {
  const { text, template } = maskTemplate('a.yaml', `address: "${tag}"\nport: ${tag}\n`);
  const mask = PLACEHOLDER.repeat(tag.length);
  expect([text, template]).toEqual([`address: "${mask}"\nport: ${mask}\n`, true]);
});

test.each(['{{{ip a}{ip b}}}', 'a {{{\n}}}', '{{{}}}'])('braces that hold no name are none: %j', (text) => {
  expect(maskTemplate('a.conf', text)).toMatchObject({ text, template: false });
});

test.each(['{{ x }}', '{{{x}}}'])('the braces of JSON around a placeholder are none of it: %s', (tag) => {
  expect(maskTemplate('a.json', `{"a": {"b": ${tag}}}`).text).toBe(`{"a": {"b": ${PLACEHOLDER.repeat(tag.length)}}}`);
});
