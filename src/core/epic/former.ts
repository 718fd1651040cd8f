/** What another round on the same issue keeps of the one before: only where it was. */
import type { EpicOpened } from './events.ts';
import { pastRounds } from './round-of.ts';
import type { Epic, OpenedEpic, Pull } from './state.ts';

const numbersOf = (before: OpenedEpic): readonly number[] => {
  const issues = before.stages.flatMap((stage) => [stage, ...pastRounds(stage)].map(({ issue }) => issue));
  const present = issues.flatMap((issue) => (issue === undefined ? [] : [Number(issue.number)]));
  return [...(before.former?.issues ?? []), ...present];
};

/** A check that waited, or was red, must not pass because the round it belonged to is over: what is open goes on, without its reviews. */
const carried = (before: OpenedEpic, event: EpicOpened): readonly Pull[] => {
  // Older streams keep what they made: a new start by label took nothing along.
  if (event.reason === undefined && event.carries !== true) return [];
  return before.pulls
    .filter((pull) => pull.state === 'open')
    .map(({ round: _, ...pull }) => ({
      ...pull,
      reviews: pull.reviews.map((review) => ({ ...review, voided: true })),
    }));
};

/** `former` and the pull requests of an epic that is opened again; none for the first round. */
export const former = (before: Epic, event: EpicOpened): Pick<OpenedEpic, 'former' | 'pulls'> => {
  if (before.status === 'unopened') return { pulls: [] };
  const checklist = before.checklist === undefined ? {} : { checklist: before.checklist };
  const reason = event.reason === undefined ? {} : { reason: event.reason };
  return { former: { ...checklist, issues: numbersOf(before), ...reason }, pulls: carried(before, event) };
};
