/** Who could act on an epic, as far as its rules name them: logins, and as many people of each team as could be needed. */
import { barredFromApproving } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { openConcerns } from '../epic/open-concerns.ts';
import type { Person } from '../epic/person.ts';
import { openQuestions } from '../epic/question.ts';
import { holdersOf } from '../epic/say-who.ts';
import { mayFill } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { claimedApart, workedApart } from '../epic/worked-apart.ts';
import type { Role } from '../workflow/definition.ts';

/** Somebody who could act. */
export interface Actor {
  readonly person: Person;
  readonly roles: readonly Role[];
  /** A login, or a team's name: whoever is in it. Null: nobody holds the role yet. */
  readonly name: string | null;
  /** Actors of one kind can stand in for each other wherever they have not acted yet. */
  readonly kind: string;
}

/** The names of everybody who could take this actor's place. */
export const namesLike = (cast: readonly Actor[], { kind }: Actor): readonly string[] => [
  ...new Set(cast.flatMap((one) => (one.kind === kind && one.name !== null ? [one.name] : []))),
];

/** Whether somebody has paused the epic, or one of these stages: whoever opened it may let it go on. */
const standsStill = (epic: OpenedEpic, stages: readonly Stage[]): boolean =>
  epic.pause !== undefined || stages.some((stage) => heldBy(epic, stage) !== undefined);

const rolesThatMatter = (epic: OpenedEpic, stages: readonly Stage[]): readonly Role[] => {
  const ofStages = stages.flatMap((stage) => [stage.definition.role, ...mayFill(stage)]);
  const overrides =
    standsStill(epic, stages) ||
    stages.some((stage) => openConcerns(epic, stage).length > 0 || openQuestions(stage).length > 0);
  return [...new Set([...ofStages, ...(overrides ? epic.rules.policy.overrideRoles : [])])];
};

/** People whose number is in the ledger, by the login they were seen with; what the rules are bound to comes last and wins. */
const peopleIn = (epic: OpenedEpic, known: readonly Person[]): ReadonlyMap<string, Person> => {
  const seen = [
    ...epic.pulls.flatMap((pull) => [pull.author, ...pull.reviews.map((review) => review.by)]),
    ...epic.stages.flatMap(({ approvals, blockers, evidence, concerns = [], ticks = [], questions = [] }) =>
      [...approvals, ...blockers, ...evidence, ...concerns, ...ticks, ...questions].map((one) => one.by),
    ),
    ...epic.stages.flatMap((stage) => stage.claimant ?? []),
    epic.author,
    ...known,
  ];
  return new Map(seen.map((person) => [person.login.toLowerCase(), person]));
};

/** Everything by which two people with the same roles could differ here. */
const kindOf = (
  epic: OpenedEpic,
  stages: readonly Stage[],
  person: Person,
  roles: readonly Role[],
): string => {
  const barred = stages.map((stage) =>
    [
      barredFromApproving(epic, stage, person),
      workedApart(epic, stage, person),
      claimedApart(epic, stage, person),
      stage.claimant?.id === person.id,
      openConcerns(epic, stage).some(({ by }) => by.id === person.id),
      openQuestions(stage).some(({ by }) => by.id === person.id),
    ].join('/'),
  );
  const owner = standsStill(epic, stages) && person.id === epic.author.id;
  return JSON.stringify([roles.toSorted(), barred, owner]);
};

/** How many of one team, or newly named people, a plan could need: one to claim and one for each approval. */
const mostOfOne = (stages: readonly Stage[]): number =>
  1 + Math.max(1, ...stages.map((stage) => Math.min(8, stage.definition.gate?.approvers.length ?? 0)));

/**
 * Everybody who could act on these stages. `also`: people who hold nothing yet, several for each role, for finding out what
 * a plan fails for. Ids below zero belong to nobody.
 */
export const castOf = (
  epic: OpenedEpic,
  stages: readonly Stage[],
  { known, also }: { readonly known: readonly Person[]; readonly also: boolean },
): readonly Actor[] => {
  const relevant = rolesThatMatter(epic, stages);
  const people = peopleIn(epic, known);
  const held = new Map<string, { readonly name: string; readonly roles: Role[] }>();
  for (const role of relevant) {
    for (const name of holdersOf(epic.rules, role)) {
      const key = name.toLowerCase();
      const entry = held.get(key) ?? { name, roles: [] };
      entry.roles.push(role);
      held.set(key, entry);
    }
  }
  const author = epic.author.login.toLowerCase();
  if (standsStill(epic, stages) && !held.has(author))
    held.set(author, { name: epic.author.login, roles: [] });
  let nobody = 0;
  const stranger = (login: string): Person => {
    nobody -= 1;
    return { id: nobody, login };
  };
  const actor = (person: Person, name: string | null, roles: readonly Role[]): Actor => ({
    person,
    roles,
    name,
    kind: `${name === null ? 'nobody' : ''}${kindOf(epic, stages, person, roles)}`,
  });
  const several = Array.from({ length: mostOfOne(stages) });
  const named = [...held].flatMap(([key, { name, roles }]) =>
    name.includes('/')
      ? several.map(() => actor(stranger(name), name, roles))
      : [actor(people.get(key) ?? stranger(name), name, roles)],
  );
  const wanted = also
    ? relevant.flatMap((role) => several.map(() => actor(stranger(role), null, [role])))
    : [];
  return [...named, ...wanted];
};
