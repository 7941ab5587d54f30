/** A file's bytes as text, or why they are none. */
export type Decoded = { readonly text: string } | { readonly refused: string };

/** Decodes UTF-8 and, where a byte order mark says so, UTF-16; refuses what holds NUL bytes. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  if (bytes.subarray(0, 65_536).includes(0)) return { refused: 'is not a text file' };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}
