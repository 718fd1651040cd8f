/** What people said is overtaken by what they say later, and by a round that has begun since (threats T31, contract §4). */
import type { EpicEvent } from './events.ts';
import { isFinal } from './stage.ts';
import type { OpenedEpic, Pull } from './state.ts';

type Given = Extract<EpicEvent, { type: 'ReviewGiven' }>;

/** The epic without the approval by comment of somebody who requests changes now, also while nothing moves. */
export const takenBack = (epic: OpenedEpic, { number, review, late }: Given): OpenedEpic => {
  const pull = epic.pulls.find((one) => one.number === number);
  if (review.verdict !== 'changes-requested' || late === true || pull?.link !== 'linked') return epic;
  return {
    ...epic,
    stages: epic.stages.map((stage) =>
      stage.definition.key === pull.stage && !isFinal(stage)
        ? { ...stage, approvals: stage.approvals.filter((one) => one.by.id !== review.by.id) }
        : stage,
    ),
  };
};

/** The pull requests, where `number` has come to a stage whose round began after its reviews: none of them counts in it. */
export const reviewsAtStage = (epic: OpenedEpic, pulls: readonly Pull[], number: number): readonly Pull[] =>
  pulls.map((pull) => {
    const since = epic.stages.find((stage) => stage.definition.key === pull.stage)?.reopening?.at;
    if (pull.number !== number || since === undefined) return pull;
    const old = (at: string): boolean => Date.parse(at) < Date.parse(since);
    return {
      ...pull,
      reviews: pull.reviews.map((review) => (old(review.at) ? { ...review, voided: true } : review)),
    };
  });
