/** Whether two acts are one person's, where two people are needed: an agent's and its principal's are, and so are a delegate's and those of whoever is away. */
import { standsFor } from './agents.ts';
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';

/** Who did something, and in whose place. */
export interface Hand {
  readonly by: Person;
  readonly instead?: Person | undefined;
}

const idsOf = (rules: Rules, { by, instead }: Hand): readonly number[] =>
  [by, ...(instead === undefined ? [] : [instead])].map(({ id }) => standsFor(rules, id));

/** True where nobody could tell the two apart as people. */
export const oneHand = (rules: Rules, one: Hand, other: Hand): boolean => {
  const ids = idsOf(rules, other);
  return idsOf(rules, one).some((id) => ids.includes(id));
};
