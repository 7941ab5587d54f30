/** Characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets), single surrogates among them. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** An XML element; attributes that are undefined are left out. Children are elements, or text from `xmlText`. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${xmlAttribute(String(value))}"`,
  );
  if (children.length === 0) return `<${name}${list.join('')}/>`;
  const inner = children.map((child) => child.replace(/^(?= *<)/gm, '  ')).join('\n');
  return `<${name}${list.join('')}>${inner.startsWith('  <') ? `\n${inner}\n` : inner}</${name}>`;
}

/** Text between tags. */
export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
}

/** A line end would become a blank when the attribute is read, so it is written as a character reference. */
function xmlAttribute(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A comment, which must not hold two hyphens. */
export function comment(text: string): string {
  return `<!-- ${text.replace(FORBIDDEN, '\ufffd').replaceAll('--', '- -')} -->`;
}

/** A document with its declaration. */
export function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
