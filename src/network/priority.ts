import type { Member } from '../model/redundancy.ts';

/** The priority that a member advertises while all it watches is well; undefined where the config does not say. */
export function healthyPriority(member: Member): number | undefined {
  let priority = member.priority?.value;
  for (const { bonus, penalty, effect } of member.triggers) {
    if (bonus !== true || effect.value !== 'priority') continue;
    if (priority === undefined || penalty === undefined) return undefined;
    priority += penalty.value;
  }
  return priority;
}
