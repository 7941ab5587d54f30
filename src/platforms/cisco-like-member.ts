import { ipVersion } from '../model/address.ts';
import { type Fact, stated } from '../model/fact.ts';
import type { Authentication, Member, RedundancyProtocol, TriggerEffect } from '../model/redundancy.ts';
import { means } from '../syntax/cisco-like.ts';
import { canonicalInterface } from '../syntax/interface-name.ts';
import { placeOfHead, placeOfWord, type Statement } from '../syntax/statement.ts';
import { isUnknown } from '../syntax/template.ts';
import type { InterfaceScope } from './cisco-like-interface.ts';
import { listOpen, type MemberDraft, put, type Reading } from './cisco-like-reading.ts';
import { headFact, numberFact, sealed, secretFact, wholePlace, wordFact } from './entity.ts';

/** The group number at word `index`, also of a statement behind a template's condition. */
export function groupNumber(s: Statement, index: number): Fact<string> | undefined {
  const word = s.words[index];
  return word !== undefined && /^\d+$/.test(word) ? stated(word, placeOfWord(s, index)) : undefined;
}

/**
 * The group of a protocol on the scope's interface; new where `s` is the first to speak of it. Undefined
 * where it is not known whether there is such a group, because a template decides.
 */
export function memberDraft(
  { reading, port }: InterfaceScope,
  protocol: RedundancyProtocol,
  id: Fact<string>,
  s: Statement,
  family: Member['addressFamily'] = 'ipv4',
): MemberDraft | undefined {
  const key = `${port.entity.name} ${protocol} ${id.value} ${family}`;
  const known = reading.members.get(key);
  if (known || s.maybe) return known;
  const draft: MemberDraft = {
    entity: {
      at: wholePlace(s),
      device: reading.device,
      platform: reading.platform,
      protocol,
      name: `${port.entity.name} group ${id.value}`,
      id,
      interface: stated(port.entity.name, port.entity.at),
      addressFamily: family,
      virtualAddresses: [],
      unicastPeers: [],
      triggers: [],
    },
    said: new Set(),
    uses: [],
    extra: {},
  };
  reading.members.set(key, draft);
  return draft;
}

/** Adds the virtual address that word `index` states, with or without a prefix length. */
export function addVirtual(member: MemberDraft, s: Statement, index: number): void {
  const word = s.words[index];
  if (word === undefined || isUnknown(word) || s.maybe) {
    listOpen(member.entity, 'virtualAddresses');
    return;
  }
  const [address = '', length] = word.split('/');
  if (ipVersion(address) === 0) {
    listOpen(member.entity, 'virtualAddresses');
    return;
  }
  if (member.entity.virtualAddresses.some((v) => v.address === address)) return;
  const { device, platform } = member.entity;
  const prefix = length !== undefined && /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {};
  member.entity.virtualAddresses.push({ at: placeOfHead(s), device, platform, address, ...prefix });
}

/** A time at word `index`: seconds, or milliseconds after `msec`. Returns the milliseconds and the index after it. */
export function timeFact(s: Statement, index: number): { fact: Fact<number> | undefined; next: number } {
  const inMilliseconds = means(s.words[index], 'msec') || means(s.words[index], 'milliseconds');
  return inMilliseconds ? { fact: numberFact(s, index + 1), next: index + 2 } : { fact: numberFact(s, index, 1000), next: index + 1 };
}

/** `timers HELLO HOLD` from word `index` on. */
export function readTimers(member: MemberDraft, s: Statement, index: number): void {
  const hello = timeFact(s, index);
  put(member, 'advertInterval', hello.fact);
  put(member, 'holdTime', timeFact(s, hello.next).fact);
}

/** `preempt [delay [minimum N] [reload N] [sync N]]` whose word `preempt` stands before `index`. */
export function readPreempt(member: MemberDraft, s: Statement, index: number): void {
  put(member, 'preempt', headFact(s, true));
  const delays: Partial<Record<'minimum' | 'reload' | 'sync', Fact<number>>> = {};
  for (let i = index; i < s.words.length; i++) {
    const word = s.words[i];
    const name = (['minimum', 'reload', 'sync'] as const).find((keyword) => means(word, keyword));
    const bare = means(word, 'delay') && /^\d+$/.test(s.words[i + 1] ?? '') ? 'minimum' : undefined;
    const seconds = numberFact(s, i + 1, 1000);
    if ((name ?? bare) && seconds) delays[(name ?? bare) as 'minimum'] = seconds;
  }
  const delay = delays.minimum ?? delays.reload;
  if (delay) put(member, 'preemptDelay', delay);
  if (delays.reload) member.extra.preemptDelayReload = delays.reload;
}

/** `track OBJECT [decrement N | shutdown]`, or the old `track INTERFACE [N]`, whose word `track` stands before `index`. */
export function readTrackUse(member: MemberDraft, s: Statement, index: number, reading: Reading): void {
  if (s.maybe || s.words.slice(index).some(isUnknown)) {
    listOpen(member.entity, 'triggers');
    return;
  }
  const name = s.words[index];
  if (name === undefined) return;
  const spaced = /^[a-z-]+$/i.test(name) && /^\d[\d/.]*$/.test(s.words[index + 1] ?? '') && reading.dialect !== 'eos';
  const after = index + (spaced ? 2 : 1);
  const byInterface = reading.dialect !== 'eos' && !/^\d+$/.test(name);
  const gives: TriggerEffect = means(s.words[after], 'shutdown') ? 'fault' : 'priority';
  const at = s.words[after] !== undefined && /^\d+$/.test(s.words[after]) ? after : after + 1;
  member.uses.push({
    statement: s,
    word: index,
    name,
    ...(byInterface ? { interface: canonicalInterface(spaced ? `${name}${s.words[index + 1]}` : name, reading.dialect) } : {}),
    effect: gives,
    penalty: gives === 'priority' ? numberFact(s, at) : undefined,
  });
}

/** Takes back a track that was named before (`no track 1`). */
export function dropTrackUse(member: MemberDraft, name: string | undefined): void {
  const kept = member.uses.filter((use) => use.name !== name);
  member.uses.splice(0, member.uses.length, ...kept);
}

/**
 * `authentication` forms whose keyword stands before `index`: `md5 key-string [0|7] KEY`, `md5 key-chain
 * NAME`, `text KEY` and a bare KEY. A key that is obscured with a salt (type 7) cannot be compared and stays unknown.
 */
export function readAuthentication(member: MemberDraft, s: Statement, index: number, reading: Reading): void {
  if (s.maybe || s.words.slice(index).some(isUnknown)) {
    member.said.add('authentication');
    return;
  }
  const { device, platform, protocol } = member.entity;
  // HSRP's own string where none is set: who writes it says nothing that the peer does not.
  if (protocol === 'hsrp' && s.words.at(-1) === 'cisco' && !means(s.words[index], 'md5')) return;
  const md5 = means(s.words[index], 'md5');
  const chain = s.words.findIndex((word, i) => i >= index && word === 'key-chain');
  const type = stated(md5 || chain >= 0 ? ('md5' as const) : ('text' as const), placeOfHead(s));
  const key = chain >= 0 ? chainKey(s, chain + 1, reading) : keyFact(s, index);
  const authentication: Authentication = { at: placeOfHead(s), device, platform, type, ...(key ? { key } : {}) };
  put(member, 'authentication', authentication);
}

function keyFact(s: Statement, index: number): Authentication['key'] {
  let at = index;
  while (/^(md5|text|key-string)$/.test(s.words[at] ?? '')) at++;
  const encoded = /^[0678]a?$/.test(s.words[at] ?? '') && s.words[at + 1] !== undefined;
  if (encoded && s.words[at] !== '0') return undefined;
  const word = s.words[encoded ? at + 1 : at];
  return word === undefined || isRemoved(word) ? undefined : secretFact(s, encoded ? at + 1 : at);
}

/** What collectors put in a secret's place: it says nothing of the secret. */
export function isRemoved(word: string): boolean {
  return /^<[^>]*>$|^\*+$|removed|redacted|hidden|sanitized|scrubbed/i.test(word) || /^x+$/i.test(word);
}

/** All keys of a chain together: two chains are the same secret when every key is. */
function chainKey(s: Statement, index: number, reading: Reading): Authentication['key'] {
  const name = wordFact(s, index);
  const keys = name && reading.keyChains.get(name.value);
  if (!name || !keys || keys.length === 0) return undefined;
  const texts = keys.map(({ statement, word }) => (wordFact(statement, word) ? statement.words.slice(word).join(' ') : undefined));
  if (texts.some((text) => text === undefined || /^[78] /.test(text) || isRemoved(text))) return undefined;
  return { ...name, value: sealed(texts.map((text) => text?.replace(/^0 /, '')).join('\n')) };
}
