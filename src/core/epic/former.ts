/** What another round on the same issue keeps of the one before: only where it was. */
import type { EpicOpened } from './events.ts';
import { pastRounds } from './round-of.ts';
import type { Epic, OpenedEpic } from './state.ts';

const numbersOf = (before: OpenedEpic): readonly number[] => {
  const issues = before.stages.flatMap((stage) => [stage, ...pastRounds(stage)].map(({ issue }) => issue));
  const present = issues.flatMap((issue) => (issue === undefined ? [] : [Number(issue.number)]));
  return [...(before.former?.issues ?? []), ...present];
};

/** `former` of an epic that is opened again; nothing for the first round. */
export const former = (before: Epic, event: EpicOpened): Pick<OpenedEpic, 'former'> => {
  if (before.status === 'unopened') return {};
  const checklist = before.checklist === undefined ? {} : { checklist: before.checklist };
  const reason = event.reason === undefined ? {} : { reason: event.reason };
  return { former: { ...checklist, issues: numbersOf(before), ...reason } };
};
