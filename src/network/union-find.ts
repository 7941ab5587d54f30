/** Sets of numbers 0 to n-1 that grow together. */
export interface UnionFind {
  readonly union: (a: number, b: number) => void;
  /** The number that stands for the set of `a`: always its smallest member. */
  readonly find: (a: number) => number;
}

/** As many sets as numbers, to begin with. */
export function unionFind(size: number): UnionFind {
  const parent = Int32Array.from({ length: size }, (_, i) => i);
  const find = (a: number): number => {
    let root = a;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = a; at !== root; ) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const union = (a: number, b: number): void => {
    const left = find(a);
    const right = find(b);
    if (left < right) parent[right] = left;
    else parent[left] = right;
  };
  return { union, find };
}

/** Groups the indices of `items` into their sets, in the order of their smallest member. */
export function setsOf(size: number, sets: UnionFind): number[][] {
  const byRoot = new Map<number, number[]>();
  for (let i = 0; i < size; i++) {
    const root = sets.find(i);
    const members = byRoot.get(root);
    if (members) members.push(i);
    else byRoot.set(root, [i]);
  }
  return [...byRoot.values()];
}
