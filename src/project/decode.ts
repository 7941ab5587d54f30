/** A file's bytes as text, or why they are none. */
export type Decoded = { readonly text: string } | { readonly refused: string };

/** A changed text in the encoding and with the byte order mark of the bytes it was decoded from. */
export function encodeLike(text: string, original: Uint8Array): Uint8Array {
  const [first, second, third] = original;
  if (first === 0xff && second === 0xfe) return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (first === 0xfe && second === 0xff) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return Buffer.from(first === 0xef && second === 0xbb && third === 0xbf ? `\ufeff${text}` : text, 'utf8');
}

/** Decodes UTF-8 and, where a byte order mark says so, UTF-16; refuses what holds NUL bytes. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  if (bytes.subarray(0, 65_536).includes(0)) return { refused: 'is not a text file' };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}
