import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Member } from '../../model/redundancy.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { CODE, type Context, entityAt, last, MANUAL, present } from './context.ts';

type Start = Pick<Member, 'startsAs' | 'priority' | 'preempt' | 'preemptDelay'>;

/**
 * How an instance starts and whether it takes over from a lower one, with the corrections that
 * keepalived makes: `nopreempt` and `preempt_delay` do nothing with initial state MASTER, nor does
 * `nopreempt` for the address owner, nor `preempt_delay` beside `nopreempt`.
 */
export function readStart(instance: Statement, context: Context): Start {
  const startsAs = readState(instance);
  const priority = readPriority(instance, startsAs);
  const preempt = readPreempt(instance, startsAs, priority, context);
  return present({ startsAs, priority, preempt, preemptDelay: readDelay(instance, startsAs, preempt, context) });
}

function readState(instance: Statement): Fact<'active' | 'standby'> | undefined {
  const s = last(instance, 'state');
  if (!s) {
    const priority = last(instance, 'priority');
    const value = priority ? numberFact(priority, 1)?.value : 100;
    return value === undefined ? undefined : byDefault(value === 255 ? 'active' : 'standby', CODE);
  }
  const word = wordFact(s, 1);
  return word && { ...word, value: word.value === 'MASTER' ? 'active' : 'standby' };
}

/** Without a priority keepalived takes 100, or 255 where the initial state is MASTER. */
function readPriority(instance: Statement, startsAs: Fact<'active' | 'standby'> | undefined): Fact<number> | undefined {
  const s = last(instance, 'priority');
  if (s) {
    const fact = numberFact(s, 1);
    return fact && (fact.value < 1 || fact.value > 255) ? byDefault(100, CODE) : fact;
  }
  return startsAs && byDefault(startsAs.value === 'active' ? 255 : 100, CODE);
}

function readPreempt(
  instance: Statement,
  startsAs: Fact<'active' | 'standby'> | undefined,
  priority: Fact<number> | undefined,
  context: Context,
): Fact<boolean> | undefined {
  const s = last(instance, 'preempt', 'nopreempt');
  if (!s) return byDefault(true, MANUAL);
  if (s.words[0] === 'preempt') return headFact(s, true);
  if (s.maybe || !startsAs) return undefined;
  if (startsAs.value === 'active') {
    note(
      s,
      'nopreempt',
      'nopreempt does not work with initial state MASTER: keepalived clears it, so this instance does preempt',
      instance,
      context,
    );
    return stated(true, placeOfHead(s));
  }
  if (priority?.value === 255) {
    note(
      s,
      'nopreempt',
      'nopreempt does not work with priority 255: keepalived clears it, so this instance does preempt',
      instance,
      context,
    );
    return stated(true, placeOfHead(s));
  }
  return stated(false, placeOfHead(s));
}

function readDelay(
  instance: Statement,
  startsAs: Fact<'active' | 'standby'> | undefined,
  preempt: Fact<boolean> | undefined,
  context: Context,
): Fact<number> | undefined {
  const s = last(instance, 'preempt_delay');
  if (!s) return byDefault(0, MANUAL);
  const fact = numberFact(s, 1, 1000);
  if (!fact || !startsAs || fact.value === 0) return fact;
  if (startsAs.value === 'active') {
    note(s, 'preempt_delay', 'preempt_delay does not work with initial state MASTER: keepalived clears it', instance, context);
    return stated(0, placeOfHead(s));
  }
  if (preempt?.value === false) {
    note(s, 'preempt_delay', 'preempt_delay does nothing beside nopreempt: keepalived resets it', instance, context);
    return stated(0, placeOfHead(s));
  }
  return fact;
}

function note(s: Statement, subject: string, text: string, instance: Statement, context: Context): void {
  const state = last(instance, 'state');
  context.facts.remarks.push({
    ...entityAt(s, context),
    kind: 'ineffective',
    subject,
    text,
    ...(state ? { other: placeOfHead(state) } : {}),
  });
}
