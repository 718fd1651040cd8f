/** Separation of duties: who built something does not test it, who tested it does not approve it (`distinct_from`). */
import type { StageKey } from '../workflow/definition.ts';
import { onePerson } from './agents.ts';
import type { Person } from './person.ts';
import { findStage, judgedPulls } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Whether one of these accounts is the person, or their agent, or their principal. */
const isOneOf = (epic: OpenedEpic, person: number, ...ids: readonly (number | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && onePerson(epic.rules, id, person));

const workedOn = (epic: OpenedEpic, key: StageKey, person: number): boolean =>
  isOneOf(epic, person, findStage(epic, key)?.claimant?.id) ||
  judgedPulls(epic, key).some((pull) => isOneOf(epic, person, pull.author.id, ...pull.contributors));

/** The stage this one is kept apart from and on which the person has worked: claimed it, or wrote in its pull requests. */
export const workedApart = (epic: OpenedEpic, stage: Stage, person: Person): StageKey | undefined =>
  stage.definition.distinctFrom?.find((key) => workedOn(epic, key, person.id));
