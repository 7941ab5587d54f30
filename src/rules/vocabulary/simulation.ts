import type { FaultOutcome, FaultReason } from '../../simulation/outcome.ts';
import type { Foreign } from '../foreign.ts';
import type { IgnoreEntry } from '../ignore-entry.ts';
import type { Suppression } from '../suppressions.ts';
import type { Unreadable } from '../unreadable.ts';
import type { Unwired } from '../unwired.ts';
import { entity, things } from './words.ts';

/** What rules can ask of what single faults do, of what keeps findings back, and of what could not be read. */
export const simulations = {
  outcome: entity<FaultOutcome>('What one fault does to one service once every timer has run out; only where the wiring is known', {
    fault: ['string', 'As `halint simulate` names it: `node core1`, `link a:eth0--b:eth1`, `process lb1/haproxy`, `none`'],
    kind: ['string', '`none`, `node`, `link` or `process`'],
    service: ['string', '`lb1|lb2 10.0.0.100:80`'],
    devices: ['list<string>', 'Devices that could serve it'],
    verdict: ['string', '`ok`, `degraded`, `outage` or `unknown`'],
    healthy: ['string', 'Verdict of the healthy network'],
    splitBrain: ['bool', 'More than one member is active'],
    contested: ['bool', 'The active ones stand on one wire, so that clients reach now one and now the other'],
    active: ['list<string>', 'Devices that hold the address'],
    because: ['list<FaultReason>', 'The chain of reasons'],
  }),
  suppression: entity<Suppression>('A halint-disable comment that keeps nothing back', {
    rule: ['string', 'Rule id, or `*`'],
    reason: ['string', 'Why, as the comment says it'],
    from: ['int', 'First line it holds for'],
    to: ['int', 'Last line it holds for'],
  }),
  ignoreEntry: entity<IgnoreEntry>('An `ignore` of the project file', {
    about: ['string', 'What it is for: `monitor/missing on lb1`'],
    reason: ['string', 'Why, as the project file says it'],
    until: ['string', 'The last day it holds'],
    expired: ['bool', 'That day is past'],
    used: ['bool', 'It kept something back, or may have: the run did not look at everything'],
  }),
  foreign: entity<Foreign>('A config of a system that halint does not read', {
    title: ['string', 'What the system is called'],
  }),
  unreadable: entity<Unreadable>('What could not be read of a config', {
    kind: ['string', '`syntax`, `unsupported` or `unreadable`'],
    file: ['string', 'Path'],
    message: ['string', 'What is wrong, in a few words'],
    template: ['bool', 'The file is a template, whose parts need not be whole'],
  }),
  unwired: entity<Unwired>('The first pair of load balancers of a network with switches, where no cable of any load balancer is known', {
    devices: ['list<string>', 'Names of both'],
  }),
  faultReason: things<FaultReason>(
    'One step of the chain that led to a verdict',
    { text: ['string', 'What happened there'] },
    { place: ['Place', 'The line that says so', (self) => self.at] },
  ),
};
