import type { Pool } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord } from '../../syntax/statement.ts';
import { headFact, numberFact } from '../entity.ts';
import { PAGES } from './pages.ts';
import type { Pass } from './passes.ts';
import { inForce, timeFact } from './scope.ts';

/** 60 s, the default of every `*_connect_timeout`. */
const CONNECT_TIMEOUT = 60_000;

/** What the places that use an upstream say of retries and timeouts: the first that gives up at the first failure counts. */
export function retrying(passes: readonly Pass[]): Pick<Pool, 'retriesElsewhere' | 'connectTimeout' | 'serverTimeout'> {
  const first = passes[0];
  if (!first) return {};
  const verdicts = passes.map(retriesElsewhere);
  const retries = verdicts.find((fact) => fact?.value === false) ?? (verdicts.every((fact) => fact) ? verdicts[0] : undefined);
  const connect = connectTimeout(first);
  const answer = inForce(first.scope, first.stream ? 'proxy_timeout' : `${first.family}_read_timeout`);
  const server = answer && timeFact(answer, 1);
  return {
    ...(retries ? { retriesElsewhere: retries } : {}),
    ...(connect ? { connectTimeout: connect } : {}),
    ...(server ? { serverTimeout: server } : {}),
  };
}

function page(pass: Pass): string {
  return pass.stream ? PAGES.streamProxy : PAGES.proxy;
}

function connectTimeout(pass: Pass): Fact<number> | undefined {
  const line = inForce(pass.scope, `${pass.family}_connect_timeout`);
  if (line) return timeFact(line, 1);
  return pass.scope.incomplete ? undefined : byDefault(CONNECT_TIMEOUT, page(pass));
}

/** `*_next_upstream`, its tries (the first attempt counts) and its time budget against the connect timeout. */
function retriesElsewhere(pass: Pass): Fact<boolean> | undefined {
  const next = inForce(pass.scope, `${pass.family}_next_upstream`);
  if (next) {
    const cases = next.words.slice(1);
    if (cases.includes('off')) return headFact(next, false);
    // A list replaces the default `error timeout`.
    if (!pass.stream && !cases.includes('error') && !cases.includes('timeout')) return headFact(next, false);
  } else if (pass.scope.incomplete) return undefined;
  const tries = inForce(pass.scope, `${pass.family}_next_upstream_tries`);
  const count = tries && numberFact(tries, 1);
  if (tries && count?.value === 1) return headFact(tries, false);
  const budget = inForce(pass.scope, `${pass.family}_next_upstream_timeout`);
  const time = budget && timeFact(budget, 1);
  const connect = connectTimeout(pass);
  if (budget && time && time.value > 0 && connect && time.value < connect.value) return stated(false, placeOfHead(budget));
  return next ? stated(true, placeOfWord(next, 0)) : byDefault(true, page(pass));
}
