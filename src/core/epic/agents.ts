/** Agents and the people they work for: whatever an agent did counts as its principal's doing (threats T17, T20, T74). */
import type { Person } from './person.ts';
import type { Rules } from './policy.ts';

/** A machine's account and the person who answers for it; without one it may neither claim nor approve. */
export interface Agent {
  readonly id: number;
  readonly login: string;
  readonly principal?: Person;
}

/** The person an account stands for: its principal where it is an agent, itself otherwise. */
export const standsFor = (rules: Rules, id: number): number =>
  rules.agents?.find((one) => one.id === id)?.principal?.id ?? id;

/** Whether two accounts are one person. */
export const onePerson = (rules: Rules, one: number, other: number): boolean =>
  standsFor(rules, one) === standsFor(rules, other);

/** A machine nobody answers for: listed without a principal, or a bot that is not listed at all. */
export const standsAlone = (rules: Rules, person: Person): boolean => {
  const agent = rules.agents?.find((one) => one.id === person.id);
  return agent === undefined ? person.login.endsWith('[bot]') : agent.principal === undefined;
};

/** The other accounts that are the same person, for sentences: logins of their principal and of its agents. */
export const othersOf = (rules: Rules, person: Person): readonly Person[] => {
  const everybody = (rules.agents ?? []).flatMap((one): readonly Person[] =>
    one.principal === undefined ? [] : [{ id: one.id, login: one.login }, one.principal],
  );
  return everybody.filter(
    (one, index) =>
      one.id !== person.id &&
      onePerson(rules, one.id, person.id) &&
      everybody.findIndex((other) => other.id === one.id) === index,
  );
};
