/** Who is asked when a gate opens: fairly, and the same whoever counts; whoever else holds the role may approve all the same. */
import type { Role } from '../../workflow/definition.ts';
import type { ChooseReviewers, ReviewerCandidate } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { barredFromApproving } from '../gate.ts';
import type { Person } from '../person.ts';
import { rolesToAsk, turnOf } from '../reviewers.ts';
import { findStage } from '../stage.ts';
import type { OpenedEpic, Reviewer, Stage } from '../state.ts';
import { countsFor } from '../substitution.ts';

type Chosen = Omit<Reviewer, 'at'>;

const byTurn = (one: ReviewerCandidate, other: ReviewerCandidate): number =>
  one.last < other.last ? -1 : one.last > other.last ? 1 : 0;
const byLoad = (one: ReviewerCandidate, other: ReviewerCandidate): number => one.open - other.open;

/** Fairest first; among equals the older account, so that everybody who counts comes to the same. */
const inOrder = (
  epic: OpenedEpic,
  candidates: readonly ReviewerCandidate[],
): readonly ReviewerCandidate[] => {
  const busy = epic.rules.policy.reviewers?.choose === 'least-busy';
  const [first, then] = busy ? [byLoad, byTurn] : [byTurn, byLoad];
  return candidates.toSorted(
    (one, other) => first(one, other) || then(one, other) || one.by.id - other.by.id,
  );
};

/** Seats of the gate that are taken: who has said yes or no, who was asked before, and those they stand for. */
const takenIn = (epic: OpenedEpic, stage: Stage): readonly number[] => {
  const pulls = epic.pulls.filter((pull) => pull.stage === stage.definition.key && pull.link === 'linked');
  const said = [...stage.approvals, ...pulls.flatMap((pull) => pull.reviews.filter((one) => !one.voided))];
  return [
    ...said.flatMap(({ by, instead = [] }) => [by.id, ...instead.map(({ of }) => of.id)]),
    ...(stage.reviewers ?? []).flatMap(({ by, instead }) =>
      instead === undefined ? [by.id] : [by.id, instead.id],
    ),
  ];
};

/** For whom they would approve as this role: themselves, somebody who is away, or nobody. */
const placeIn = (epic: OpenedEpic, stage: Stage, role: Role, one: ReviewerCandidate): Person | undefined => {
  if (barredFromApproving(epic, stage, one.by) !== undefined) return undefined;
  const place = countsFor(one, role, (of) => barredFromApproving(epic, stage, of) === undefined);
  return place === 'own' ? one.by : place[0];
};

/** `ReviewersChosen`, also where nobody can be asked: then the whole role is told, as without a choice. */
export const chooseReviewers = (epic: OpenedEpic, command: ChooseReviewers): readonly EpicEvent[] => {
  const stage = findStage(epic, command.stage);
  const roles = stage === undefined ? [] : rolesToAsk(epic, stage);
  if (stage === undefined || roles.length === 0) return [];
  const taken = new Set(takenIn(epic, stage));
  const people: Chosen[] = [];
  for (const role of roles) {
    let left = epic.rules.policy.reviewers?.perRole ?? 1;
    for (const one of inOrder(epic, command.candidates)) {
      const place = left === 0 ? undefined : placeIn(epic, stage, role, one);
      if (place === undefined || taken.has(one.by.id) || taken.has(place.id)) continue;
      people.push({ role, by: one.by, ...(place.id !== one.by.id && { instead: place }) });
      taken.add(one.by.id).add(place.id);
      left -= 1;
    }
  }
  const told = { stage: command.stage, at: command.at, by: command.by };
  return [{ type: 'ReviewersChosen', turn: turnOf(stage), roles, people, ...told }];
};
