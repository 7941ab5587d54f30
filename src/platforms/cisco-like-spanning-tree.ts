import { byDefault, type Fact, stated } from '../model/fact.ts';
import { means } from '../syntax/cisco-like.ts';
import { inRanges, type NumberRange, numbersOf, parseRanges } from '../syntax/number-ranges.ts';
import type { Source } from '../syntax/source.ts';
import { placeOfHead, type Statement } from '../syntax/statement.ts';
import { fill, type Reading, vlanDraft } from './cisco-like-reading.ts';
import { headFact, numberFact } from './entity.ts';

interface Dialect {
  readonly source: string;
  readonly mode: 'rapid-pvst' | 'pvst' | 'mst';
  /** Bridge priorities that `root primary` and `root secondary` stand for. */
  readonly primary: number;
  readonly secondary: number;
}

/** A priority stated for VLANs (or MST instances), undefined where it cannot be read. */
interface Priority {
  readonly statement: Statement;
  readonly ids: readonly NumberRange[];
  readonly fact: Fact<number> | undefined;
}

/** The bridge priority that 802.1D gives a bridge for which none is configured. */
const UNCONFIGURED = 32_768;
const NAMED_LIMIT = 64;

/**
 * States the spanning-tree bridge priority of every VLAN: from `spanning-tree vlan … priority`, `root
 * primary`, or the MST instance that the VLAN is mapped to.
 */
export function stateSpanningTree(reading: Reading, sources: readonly Source[], dialect: Dialect): void {
  const lines = sources.flatMap((source) => source.statements).filter((s) => means(s.words[0], 'spanning-tree'));
  const stated = lines.findLast((s) => s.words[1] === 'mode');
  const mode = stated ? stated.words[2] : dialect.mode;
  const isMst = mode?.startsWith('mst') ?? false;
  const off = sources
    .flatMap((source) => source.statements)
    .filter((s) => s.words[0] === 'no' && s.words[1] === 'spanning-tree' && /^vlan/.test(s.words[2] ?? ''))
    .flatMap((s) => parseRanges(s.words[3] ?? '') ?? []);
  const byVlan = lines.filter((s) => /^vlan/.test(s.words[1] ?? '')).flatMap((s) => priorityOf(s, dialect));
  for (const s of lines) s.use ??= 'read';
  if (isMst) {
    const byInstance = lines.filter((s) => s.words[1] === 'mst' && s.words[2] !== 'configuration').flatMap((s) => priorityOf(s, dialect));
    const maps = lines.filter((s) => s.words[1] === 'mst' && s.words[2] === 'configuration').flatMap((s) => s.children.flatMap(instanceOf));
    for (const [id, vlan] of reading.vlans) {
      if (inRanges(off, id)) continue;
      const instance = maps.find((map) => inRanges(map.vlans, id))?.instance ?? 0;
      fill(vlan, 'stpPriority', priorityAt(byInstance, instance, dialect));
    }
    return;
  }
  if (mode === 'none' || mode === 'backup') return;
  if (mode === 'rstp') {
    const one = lines.findLast((s) => s.words[1] === 'priority');
    const fact = one ? numberFact(one, 2) : byDefault(UNCONFIGURED, dialect.source);
    for (const [id, vlan] of reading.vlans) if (!inRanges(off, id)) fill(vlan, 'stpPriority', fact);
    return;
  }
  for (const { ids, statement } of byVlan) {
    const named = numbersOf(ids);
    // With VTP the VLANs themselves stand in another file; a statement for thousands names none in particular.
    if (named.length <= NAMED_LIMIT) for (const id of named) if (id > 0) vlanDraft(reading, id, statement);
  }
  for (const [id, vlan] of reading.vlans) if (!inRanges(off, id)) fill(vlan, 'stpPriority', priorityAt(byVlan, id, dialect));
}

/** The last statement for an id prevails; one that cannot be read leaves it unknown. */
function priorityAt(priorities: readonly Priority[], id: number, dialect: Dialect): Fact<number> | undefined {
  const last = priorities.findLast(({ ids }) => inRanges(ids, id));
  return last ? last.fact : byDefault(UNCONFIGURED, dialect.source);
}

/** `spanning-tree (vlan|mst) IDS priority N` and `… root primary|secondary`. */
function priorityOf(s: Statement, dialect: Dialect): Priority[] {
  const ids = parseRanges(s.words[2] ?? '', 0);
  if (!ids) return [];
  if (means(s.words[3], 'priority')) return [{ statement: s, ids, fact: numberFact(s, 4) }];
  if (s.words[3] !== 'root') return [];
  const value = means(s.words[4], 'primary') ? dialect.primary : means(s.words[4], 'secondary') ? dialect.secondary : undefined;
  return [{ statement: s, ids, fact: value === undefined ? undefined : headFact(s, value) }];
}

function instanceOf(s: Statement): { instance: number; vlans: readonly NumberRange[] }[] {
  s.use = 'read';
  const vlans = means(s.words[0], 'instance') && /^vlans?$/.test(s.words[2] ?? '') ? parseRanges(s.words.slice(3).join('')) : undefined;
  const instance = Number(s.words[1]);
  return vlans && Number.isInteger(instance) ? [{ instance, vlans }] : [];
}

/** The spanning-tree mode and MST region as one text each, for what the two sides of a vPC must agree on. */
export function spanningTreeAgreement(sources: readonly Source[]): Record<string, Fact<string>> {
  const lines = sources.flatMap((source) => source.statements).filter((s) => s.words[0] === 'spanning-tree');
  const mode = lines.findLast((s) => s.words[1] === 'mode');
  const region = lines.find((s) => s.words[1] === 'mst' && s.words[2] === 'configuration');
  const parts = region?.children.map((c) => c.words.join(' ')).sort();
  return {
    ...(mode?.words[2] && !mode.maybe ? { 'spanning-tree mode': stated(mode.words[2], placeOfHead(mode)) } : {}),
    ...(region && parts && !region.maybe ? { 'spanning-tree mst configuration': stated(parts.join('; '), placeOfHead(region)) } : {}),
  };
}
