/** What could be done next for a stage, tried on the real rules: `decide` is asked, and only what it accepts is an act. */
import type { EpicCommand, Facts, PullFacts } from '../epic/commands.ts';
import { decide } from '../epic/decide.ts';
import { evolve } from '../epic/evolve.ts';
import { barredFromApproving, judgeGate, liveReview } from '../epic/gate.ts';
import { gatehouse } from '../epic/person.ts';
import { judgedPulls, mayFill, openPulls } from '../epic/stage.ts';
import type { Epic, OpenedEpic, Pull, Stage } from '../epic/state.ts';
import type { Actor } from './cast.ts';

/** What somebody could do. */
export interface Deed {
  readonly type:
    | 'Resume'
    | 'Unblock'
    | 'Claim'
    | 'Submit'
    | 'Approve'
    | 'Review'
    | 'Merge'
    | 'Release'
    | 'Reject';
  readonly stage: string;
  /** Null: anybody who may write to the repository. */
  readonly by: Actor | null;
  readonly pull?: number;
  /** The commit that has to be named. */
  readonly commit?: string;
}

/** A deed that was accepted, and the epic after it. */
export interface Act {
  readonly deed: Deed;
  readonly epic: OpenedEpic;
}

type Bare<C> = C extends Facts ? Omit<C, keyof Facts> : never;

const factsOf = ({ number, head, base, state, fork, author, contributors }: Pull): PullFacts => ({
  number,
  head,
  base,
  state,
  fork,
  author,
  contributors,
});

const wanted = (
  epic: OpenedEpic,
  { type, stage, by, pull: number, commit }: Deed,
  at: string,
): Bare<EpicCommand> => {
  const about = { on: { kind: 'stage', stage }, stage } as const;
  const pull = epic.pulls.find((one) => one.number === number);
  // No comment and no review of GitHub's has a number like these.
  const made = -1 - epic.stages.reduce((sum, one) => sum + one.approvals.length, 0);
  if (type === 'Resume') return { type };
  if (type === 'Submit') return { type, ...about, note: '' };
  if (type === 'Release' || type === 'Reject') return { type, ...about, reason: '…' };
  if (type === 'Approve')
    return { type, ...about, note: '', commentId: made, ...(commit === undefined ? {} : { commit }) };
  if (pull === undefined) return type === 'Unblock' ? { type, ...about } : { type: 'Claim', ...about };
  if (type === 'Merge') return { type: 'NotePull', pull: { ...factsOf(pull), state: 'merged' } };
  const review = {
    id: 1 + Math.max(0, ...pull.reviews.map((one) => one.id)),
    by: by?.person ?? gatehouse,
    verdict: 'approved' as const,
    commit: pull.head,
    roles: by?.roles ?? [],
    text: '',
    at,
  };
  return { type: 'NoteReview', number: pull.number, review };
};

/** The epic after a deed, or undefined where the rules refuse it or nothing comes of it. */
export const attempt = (epic: OpenedEpic, deed: Deed, at: string): OpenedEpic | undefined => {
  const facts: Facts = {
    by: deed.by?.person ?? gatehouse,
    at,
    cause: 'query',
    roles: deed.by?.roles ?? [],
    canWrite: true,
    rules: epic.rules,
    pulls: deed.type === 'Approve' ? openPulls(epic, deed.stage).map(factsOf) : [],
    rolesOf: {},
  };
  const { refusal, events } = decide(epic, { ...wanted(epic, deed, at), ...facts });
  if (refusal !== undefined || events.length === 0) return undefined;
  const after = events.reduce<Epic>(evolve, epic);
  return after.status === 'unopened' ? undefined : after;
};

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
  for (const deed of [plain, ...open.map((pull) => ({ ...plain, commit: pull.head.slice(0, 7) }))]) {
    const [found] = acted(epic, [deed], at);
    if (found !== undefined) return [found];
  }
  const missing = new Set([...judgeGate(epic, stage).missing, ...stage.widened]);
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

const submitting = (
  epic: OpenedEpic,
  stage: Stage,
  candidates: readonly Actor[],
  at: string,
): readonly Act[] => {
  const { claimant: person } = stage;
  if (person === undefined) return [];
  const { key } = stage.definition;
  const own = candidates.find((one) => one.person.id === person.id);
  const by = own ?? { person, roles: [], name: person.login, kind: `claimant/${person.id}` };
  const submits = acted(epic, [{ type: 'Submit', stage: key, by }], at);
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
      : by.roles.some((role) => mayFill(stage).includes(role)),
  );
  const type = stage.status === 'in-progress' ? 'Release' : 'Reject';
  return able.map((by) => ({ type, stage: key, by }));
};

const approving = (epic: OpenedEpic, stage: Stage, { candidates, at }: Casting): readonly Act[] => {
  if (judgeGate(epic, stage).passed) {
    const [pull] = openPulls(epic, stage.definition.key);
    if (pull === undefined) return [];
    return acted(epic, [{ type: 'Merge', stage: stage.definition.key, by: null, pull: pull.number }], at);
  }
  return candidates
    .filter((one) => one.roles.some((role) => mayFill(stage).includes(role)))
    .flatMap((by) => approvals(epic, stage, by, at));
};

/** Who may be asked to act, and when. */
export interface Casting {
  readonly candidates: readonly Actor[];
  readonly at: string;
  /** Whether claims may be given back and stages rejected on the way. */
  readonly roundabout: boolean;
}

/**
 * Every act that could bring this stage further now, by one of the candidates. Only what people do every day: neither
 * /override nor /skip, which would always be shortest.
 */
export const actsFor = (epic: OpenedEpic, stage: Stage, casting: Casting): readonly Act[] => {
  const { candidates, at, roundabout } = casting;
  const { key, role } = stage.definition;
  const byAnybody = (type: Deed['type'], roles: readonly string[]): readonly Act[] => {
    const able = candidates.filter((one) => one.roles.some((held) => roles.includes(held)));
    return acted(
      epic,
      able.map((by) => ({ type, stage: key, by })),
      at,
    );
  };
  if (epic.status === 'paused')
    return acted(
      epic,
      candidates.map((by) => ({ type: 'Resume', stage: key, by })),
      at,
    );
  if (stage.blockers.length > 0) return byAnybody('Unblock', [role, ...mayFill(stage)]);
  if (stage.status === 'ready') return byAnybody('Claim', [role]);
  if (stage.status !== 'in-progress' && stage.status !== 'in-review') return [];
  const forward =
    stage.status === 'in-progress'
      ? submitting(epic, stage, candidates, at)
      : approving(epic, stage, casting);
  return roundabout ? [...forward, ...acted(epic, goingBack(stage, candidates), at)] : forward;
};
