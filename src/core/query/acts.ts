/** What could be done next for a stage, tried on the real rules: `decide` is asked, and only what it accepts is an act. */
import { barredFromApproving, judgeGate, liveReview } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { openConcerns } from '../epic/open-concerns.ts';
import { openCriteria } from '../epic/outstanding.ts';
import { openQuestions } from '../epic/question.ts';
import { judgedPulls, mayFill, mayReject, openPulls } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import type { Actor } from './cast.ts';
import { attempt, type Deed, type DeedType } from './deed.ts';

/** A deed that was accepted, and the epic after it. */
export interface Act {
  readonly deed: Deed;
  readonly epic: OpenedEpic;
}

/** Who may be asked to act, and when. */
export interface Casting {
  readonly candidates: readonly Actor[];
  readonly at: string;
  /** Whether claims may be given back and stages rejected on the way. */
  readonly roundabout: boolean;
}

const acted = (epic: OpenedEpic, deeds: readonly Deed[], at: string): readonly Act[] =>
  deeds.flatMap((deed) => {
    const after = attempt(epic, deed, at);
    return after === undefined ? [] : [{ deed, epic: after }];
  });

/** By comment where that counts; naming a commit where one must be named; by review of each pull request where that is not enough. */
const approvals = (epic: OpenedEpic, stage: Stage, by: Actor, at: string): readonly Act[] => {
  const { key } = stage.definition;
  const open = openPulls(epic, key);
  const plain: Deed = { type: 'Approve', stage: key, by };
  for (const deed of [plain, ...open.map((pull) => ({ ...plain, named: pull.head.slice(0, 7) }))]) {
    const [found] = acted(epic, [deed], at);
    if (found !== undefined) return [found];
  }
  const missing = new Set([...judgeGate(epic, stage).ways.flatMap((way) => way.missing), ...stage.widened]);
  if (
    !by.roles.some((role) => missing.has(role)) ||
    barredFromApproving(epic, stage, by.person) !== undefined
  )
    return [];
  const unread = open.filter((pull) => liveReview(pull, by.person.id)?.commit !== pull.head);
  const reviews = unread.map((pull): Deed => ({ type: 'Review', stage: key, by, pull: pull.number }));
  return open.length < 2 ? [] : acted(epic, reviews, at);
};

/** Whoever asked for changes on the commit that would be submitted says that they are content. */
const takingBack = (epic: OpenedEpic, stage: Stage): readonly Deed[] =>
  judgedPulls(epic, stage.definition.key).flatMap((pull) =>
    pull.reviews
      .filter((one) => one.verdict === 'changes-requested' && !one.voided && one.commit === pull.head)
      .map(({ by: person, roles }) => ({
        type: 'Review' as const,
        stage: stage.definition.key,
        by: { person, roles, name: person.login, kind: `reviewer/${person.id}` },
        pull: pull.number,
      })),
  );

/** Whoever did something already, as one of the candidates or, where the rules no longer name them, by themselves. */
const themselves = (candidates: readonly Actor[], person: Actor['person']): Actor =>
  candidates.find((one) => one.person.id === person.id) ?? {
    person,
    roles: [],
    name: person.login,
    kind: `known/${person.id}`,
  };

const submitting = (epic: OpenedEpic, stage: Stage, { candidates, at }: Casting): readonly Act[] => {
  const { claimant: person } = stage;
  if (person === undefined) return [];
  const { key } = stage.definition;
  const submits = acted(epic, [{ type: 'Submit', stage: key, by: themselves(candidates, person) }], at);
  const goesOn = ({ epic: after }: Act): boolean =>
    after.stages.every((one) => one.definition.key !== key || one.status !== 'in-progress');
  return submits.some(goesOn) ? submits : acted(epic, takingBack(epic, stage), at);
};

/** Going back to let somebody else do it: only worth a thought where there is no way forward. */
const goingBack = (stage: Stage, candidates: readonly Actor[]): readonly Deed[] => {
  const { key } = stage.definition;
  const able = candidates.filter((by) =>
    stage.status === 'in-progress'
      ? by.person.id === stage.claimant?.id
      : by.roles.some((role) => mayReject(stage).includes(role)),
  );
  const type = stage.status === 'in-progress' ? 'Release' : 'Reject';
  return able.map((by) => ({ type, stage: key, by }));
};

const withRole = (casting: Casting, roles: readonly string[]): readonly Actor[] =>
  casting.candidates.filter((one) => one.roles.some((held) => roles.includes(held)));

/** Criteria and concerns in their order: approvals may wait for them. Undefined where there are none. */
const clearing = (epic: OpenedEpic, stage: Stage, casting: Casting): readonly Deed[] | undefined => {
  const { key, role } = stage.definition;
  const [criterion] = openCriteria(stage);
  const own = stage.claimant === undefined ? [] : [themselves(casting.candidates, stage.claimant)];
  if (criterion !== undefined) {
    const able = new Set([...own, ...withRole(casting, [role])]);
    return [...able].map((by) => ({ type: 'Check', stage: key, by, named: String(criterion) }));
  }
  const [concern] = openConcerns(epic, stage);
  if (concern === undefined) return undefined;
  const able = new Set([
    themselves(casting.candidates, concern.by),
    ...withRole(casting, epic.rules.policy.overrideRoles),
  ]);
  return [...able].map((by) => ({ type: 'Resolve', stage: key, by, named: concern.id }));
};

/** The first question: answered by whoever does the work, in the way it asks for, or taken back by whoever asked. */
const replying = (epic: OpenedEpic, stage: Stage, casting: Casting): readonly Deed[] | undefined => {
  const { key, role } = stage.definition;
  const [question] = openQuestions(stage);
  if (question === undefined) return undefined;
  const type = question.kind === 'evidence' ? 'Evidence' : 'Answer';
  const own = stage.claimant === undefined ? [] : [themselves(casting.candidates, stage.claimant)];
  const able = new Set([...own, ...withRole(casting, [role])]);
  const asked = new Set([
    themselves(casting.candidates, question.by),
    ...withRole(casting, epic.rules.policy.overrideRoles),
  ]);
  const named = { stage: key, named: question.id };
  return [
    ...[...able].map((by) => ({ type, by, ...named }) as const),
    ...[...asked].map((by) => ({ type: 'Withdraw', by, ...named }) as const),
  ];
};

const passing = (epic: OpenedEpic, stage: Stage, casting: Casting): readonly Act[] => {
  const { at } = casting;
  const { key } = stage.definition;
  if (judgeGate(epic, stage).passed) {
    const [pull] = openPulls(epic, key);
    const merge: Deed = { type: 'Merge', stage: key, by: null };
    return pull === undefined ? [] : acted(epic, [{ ...merge, pull: pull.number }], at);
  }
  const clear = replying(epic, stage, casting) ?? clearing(epic, stage, casting);
  if (clear !== undefined) return acted(epic, clear, at);
  return withRole(casting, mayFill(stage)).flatMap((by) => approvals(epic, stage, by, at));
};

/** Every act that could bring this stage further now, by one of the candidates. */
export const actsFor = (epic: OpenedEpic, stage: Stage, casting: Casting): readonly Act[] => {
  const { candidates, at, roundabout } = casting;
  const { key, role } = stage.definition;
  const by = (type: DeedType, actors: readonly Actor[], more: Partial<Deed> = {}): readonly Act[] =>
    acted(
      epic,
      actors.map((actor) => ({ type, stage: key, by: actor, ...more })),
      at,
    );
  if (epic.status === 'paused') return by('Resume', candidates);
  const hold = heldBy(epic, stage);
  if (hold !== undefined) return by('Resume', candidates, { part: hold.part });
  const [blocker, ...others] = stage.blockers;
  if (blocker !== undefined)
    return by(
      'Unblock',
      withRole(casting, [role, ...mayFill(stage)]),
      others.length === 0 ? {} : { named: blocker.id },
    );
  if (stage.status === 'ready') return by('Claim', withRole(casting, [role]));
  if (stage.status !== 'in-progress' && stage.status !== 'in-review') return [];
  const forward =
    stage.status === 'in-progress' ? submitting(epic, stage, casting) : passing(epic, stage, casting);
  return roundabout ? [...forward, ...acted(epic, goingBack(stage, candidates), at)] : forward;
};
