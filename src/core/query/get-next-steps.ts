/** `getNextSteps`: the smallest set of people and commands after which a stage is done, computed by trying the real rules. */
import { decide } from '../epic/decide.ts';
import { evolve } from '../epic/evolve.ts';
import { gatehouse } from '../epic/person.ts';
import { findStage, isFinal, isSettled, mayFill, mayReject, openDependencies } from '../epic/stage.ts';
import type { Epic, OpenedEpic } from '../epic/state.ts';
import type { StageKey } from '../workflow/definition.ts';
import type { Act } from './acts.ts';
import { type Actor, castOf, namesLike } from './cast.ts';
import type { DeedType } from './deed.ts';
import { nextStepsText } from './next-steps-text.ts';
import { type Asked, query } from './query.ts';
import { neededFor, shortestWay } from './shortest-way.ts';

/** One act: somebody types something, reviews or merges. */
export interface NextStep {
  readonly type: DeedType;
  readonly stage: StageKey;
  /** Where it is said: the stage's issue, or the pull request. */
  readonly number: number | null;
  /** Any one of these people and teams; empty for anybody with write access, and where nobody holds the role. */
  readonly who: readonly string[];
  /** The roles it is done with; for Merge none are needed. */
  readonly roles: readonly string[];
  /** Nobody who is named in the rules could do this: somebody has to be given one of `roles` first. */
  readonly nobody: boolean;
  /** The step (from 1) that the same person does before; null where it is somebody who has not acted. */
  readonly sameAs: number | null;
  /** What to type, or to do, in plain words. */
  readonly next: string;
}

/** The way on for one stage. */
export interface WayOn {
  readonly stage: StageKey;
  /** People, not counting those who only merge. */
  readonly people: number;
  /** In an order in which they can be done. */
  readonly steps: readonly NextStep[];
  /** No smaller set does it without taking anything back; false where there was too much to try. */
  readonly smallest: boolean;
  /** False: not with the people the rules name now. */
  readonly possible: boolean;
}

/** The answer of `getNextSteps`: the stage asked for, otherwise every stage that can go on now, the shortest way first. */
interface NextSteps {
  readonly over: boolean;
  readonly ways: readonly WayOn[];
}

const after: Readonly<Partial<Record<DeedType, string>>> = {
  Check: ' <evidence>',
  Resolve: ' <why>',
  Answer: ' <text>',
  Evidence: ' <url or text>',
};

const typed = ({ deed }: Act): string => {
  const { type, stage, pull, named, part } = deed;
  if (type === 'Merge') return `merge #${pull}`;
  if (type === 'Review') return `a review that approves #${pull}`;
  if (type === 'Resume') return part === undefined ? '/resume' : `/resume ${part.name}`;
  if (type === 'Reject') return `/reject ${stage} <why>`;
  const what = named === undefined ? '' : ` ${named}`;
  return `/${type.toLowerCase()} ${stage}${what}${after[type] ?? ''}`;
};

const rolesFor = (epic: OpenedEpic, { deed }: Act): readonly string[] => {
  const stage = findStage(epic, deed.stage);
  if (deed.by === null || stage === undefined) return [];
  const { role } = stage.definition;
  const asked: readonly string[] = {
    Claim: [role],
    Submit: [],
    Resume: epic.rules.policy.overrideRoles,
    Unblock: [role, ...mayFill(stage)],
    Check: [role],
    Resolve: epic.rules.policy.overrideRoles,
    Answer: [role],
    Evidence: [role],
    Withdraw: epic.rules.policy.overrideRoles,
    Approve: mayFill(stage),
    Review: mayFill(stage),
    Merge: [],
    Release: [],
    Reject: mayReject(stage),
  }[deed.type];
  return deed.by.roles.filter((one) => asked.includes(one));
};

const stepsFrom = (epic: OpenedEpic, acts: readonly Act[], cast: readonly Actor[]): readonly NextStep[] =>
  acts.map((act, index) => {
    const { type, stage, by, pull } = act.deed;
    const before = acts.findIndex(({ deed }) => by !== null && deed.by?.person.id === by.person.id);
    const like = by === null ? [] : namesLike(cast, by);
    const own = by === null || by.name === null ? [] : [by.name];
    return {
      type,
      stage,
      number: pull ?? findStage(epic, stage)?.issue?.number ?? null,
      who: like.length === 0 ? own : like,
      roles: rolesFor(epic, act),
      nobody: by !== null && by.name === null,
      sameAs: before === -1 || before === index ? null : before + 1,
      next: typed(act),
    };
  });

const wayOn = (epic: OpenedEpic, key: StageKey, { at, known }: Asked): WayOn => {
  const stages = neededFor(epic, key);
  const keys = stages.map((stage) => stage.definition.key);
  const cast = castOf(epic, stages, { known, also: false });
  const quest = { keys, cast, at, roundabout: false };
  const found = shortestWay(epic, quest) ?? shortestWay(epic, { ...quest, roundabout: true });
  const wider = found === undefined ? castOf(epic, stages, { known, also: true }) : cast;
  const way = found ?? shortestWay(epic, { ...quest, cast: wider });
  const acts = way?.acts ?? [];
  return {
    stage: key,
    people: new Set(acts.flatMap(({ deed }) => deed.by?.person.id ?? [])).size,
    steps: stepsFrom(epic, acts, wider),
    smallest: found?.proven === true,
    possible: found !== undefined,
  };
};

/** The epic as the next command will find it: alarms whose moment has come have rung. */
const asItIs = ({ epic, at }: Asked): OpenedEpic => {
  const facts = { by: gatehouse, at, cause: 'query', roles: [], canWrite: false, pulls: [], rolesOf: {} };
  const { events } = decide(epic, { type: 'Tick', ...facts, rules: epic.rules });
  const now = events.reduce<Epic>(evolve, epic);
  return now.status === 'unopened' ? epic : now;
};

const answer = (asked: Asked): NextSteps => {
  const epic = asItIs(asked);
  const over = epic.status === 'done' || epic.status === 'cancelled';
  const wanted = epic.stages.filter((stage) =>
    asked.stage === undefined
      ? !isFinal(stage) && openDependencies(epic, stage).length === 0
      : stage.definition.key === asked.stage && !isSettled(stage),
  );
  if (over) return { over, ways: [] };
  const ways = wanted.map((stage) => wayOn(epic, stage.definition.key, asked));
  const cost = (way: WayOn): number => (way.possible ? way.steps.length : Number.POSITIVE_INFINITY);
  return { over, ways: ways.toSorted((one, other) => cost(one) - cost(other) || one.people - other.people) };
};

/** The record of `getNextSteps`. */
export const getNextSteps = query<NextSteps>({
  name: 'getNextSteps',
  word: 'next',
  summary: 'The fewest people and commands after which the stage is done.',
  ofStage: true,
  answer,
  lines: ({ over, ways }, asked) => nextStepsText(asked, over, ways),
});
