/** A rejection by a veto role outlives a new submission: no quorum of others passes over it. */
import type { Role } from '../workflow/definition.ts';
import type { EpicEvent } from './events.ts';
import { openConcerns } from './open-concerns.ts';
import type { Person } from './person.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Somebody who rejects: with which roles, and why. */
export interface Rejecting {
  readonly by: Person;
  readonly roles: readonly Role[];
  readonly text: string;
  readonly at: string;
  /** When it was said, by GitHub's clock. */
  readonly saidAt?: string;
}

/** The id of the stage's next concern. */
export const nextConcern = ({ concerns = [] }: Stage): string =>
  `c${1 + Math.max(0, ...concerns.map(({ id }) => Number(id.slice(1))))}`;

/** `ConcernRaised` where somebody with a veto rejects and has none open yet; nothing for anybody else. */
export const vetoes = (epic: OpenedEpic, stage: Stage, rejecting: Rejecting): readonly EpicEvent[] => {
  const { by, roles, text, at, saidAt } = rejecting;
  const holds = (stage.definition.gate?.veto ?? []).some((role) => roles.includes(role));
  const standing = openConcerns(epic, stage).some((one) => one.veto && one.by.id === by.id);
  if (!holds || standing) return [];
  const concern = {
    id: nextConcern(stage),
    by,
    text,
    at,
    veto: true,
    ...(saidAt !== undefined && { saidAt }),
  };
  return [{ type: 'ConcernRaised', stage: stage.definition.key, concern, at, by }];
};
