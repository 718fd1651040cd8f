/** Nobody claims or approves for whom no person answers. */
import { standsAlone } from './agents.ts';
import type { Facts } from './commands.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code } from './say-who.ts';
import type { OpenedEpic } from './state.ts';

/** Refuses with `agent-alone` an agent without a principal (threats T20, T74). */
export const requireAccountable = (
  epic: OpenedEpic,
  { by }: Pick<Facts, 'by'>,
  to: string,
): Refusal | undefined => {
  if (!standsAlone(epic.rules, by)) return undefined;
  return refuse('agent-alone', `An agent without a principal may not ${to} anything.`, {
    who: 'a person',
    next: `${code(`agents: {"${by.login}": {principal: <login>}}`)} in ${code('.github/gatehouse.yml')} says who answers for it`,
  });
};
