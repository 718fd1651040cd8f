/** Separation of duties: who built something does not test it, who tested it does not approve it (`distinct_from`). */
import type { StageKey } from '../workflow/definition.ts';
import { onePerson } from './agents.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';
import { pastRounds } from './round-of.ts';
import { findStage, judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Whether one of these accounts is the person, or their agent, or their principal. */
const isOneOf = (rules: Rules, person: number, ...ids: readonly (number | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && onePerson(rules, id, person));

/** Whoever claimed the stage, and whoever it was claimed for; an agent and its principal are one. */
export const isClaimant = (
  rules: Rules,
  stage: Pick<Stage, 'claimant' | 'claimedFor'> | undefined,
  person: number,
): boolean => isOneOf(rules, person, stage?.claimant?.id, stage?.claimedFor?.id);

/** In whatever round: what somebody made in the first is part of what the second hands on. */
const workedOn = (epic: OpenedEpic, key: StageKey, person: number): boolean => {
  const stage = findStage(epic, key);
  const past = stage === undefined ? [] : pastRounds(stage);
  const pulls = [...judgedPulls(epic, key), ...past.flatMap((round) => round.pulls)];
  return (
    [stage, ...past].some((round) => isClaimant(epic.rules, round, person)) ||
    pulls.some(
      ({ state, author, contributors }) =>
        state !== 'closed' && isOneOf(epic.rules, person, author.id, ...contributors),
    )
  );
};

/** The stage this one is kept apart from and on which the person has worked: claimed it, or wrote in its pull requests. */
export const workedApart = (epic: OpenedEpic, stage: Stage, person: Person): StageKey | undefined =>
  stage.definition.distinctFrom?.find((key) => workedOn(epic, key, person.id));

/**
 * The stage that is kept apart from this one and that the person has claimed: whoever tests something does not begin to build
 * it beside that, where neither waits for the other.
 */
export const claimedApart = (epic: OpenedEpic, stage: Stage, person: Person): StageKey | undefined =>
  epic.stages.find(
    (one) =>
      one.definition.distinctFrom?.includes(stage.definition.key) === true &&
      isClaimant(epic.rules, one, person.id),
  )?.definition.key;
