/** A host name without case and domain (`LB1.example.net` is `lb1`); an address stays whole. */
export function shortName(name: string): string {
  const lower = name.toLowerCase();
  return /^[\d.:a-f]+$/.test(lower) && /[.:]/.test(lower) ? lower : (lower.split('.')[0] as string);
}
