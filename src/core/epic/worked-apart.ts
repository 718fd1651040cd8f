/** Separation of duties: who built something does not test it, who tested it does not approve it (`distinct_from`). */
import type { StageKey } from '../workflow/definition.ts';
import type { Person } from './person.ts';
import { findStage, judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Whoever claimed the stage, and whoever it was claimed for. */
export const isClaimant = (stage: Stage | undefined, person: number): boolean =>
  stage?.claimant?.id === person || stage?.claimedFor?.id === person;

const workedOn = (epic: OpenedEpic, key: StageKey, person: number): boolean =>
  isClaimant(findStage(epic, key), person) ||
  judgedPulls(epic, key).some((pull) => pull.author.id === person || pull.contributors.includes(person));

/** The stage this one is kept apart from and on which the person has worked: claimed it, or wrote in its pull requests. */
export const workedApart = (epic: OpenedEpic, stage: Stage, person: Person): StageKey | undefined =>
  stage.definition.distinctFrom?.find((key) => workedOn(epic, key, person.id));
