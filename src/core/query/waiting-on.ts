/** What waits for one person on one epic, by the roles they hold and the things they have begun. */
import { barredFromApproving, judgeGate } from '../epic/gate.ts';
import { type Hold, heldBy } from '../epic/hold.ts';
import { openConcerns } from '../epic/open-concerns.ts';
import { openCriteria } from '../epic/outstanding.ts';
import { openQuestions } from '../epic/question.ts';
import { findStage, isFinal, mayFill, openPulls, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Pull, Stage } from '../epic/state.ts';
import { claimedApart, workedApart } from '../epic/worked-apart.ts';
import { approveWords } from './approve-words.ts';
import { glassDuties } from './glass-duties.ts';
import type { NamedEpic, Somebody } from './query.ts';

/** What a person is waited for to do. */
export type Duty =
  | 'claim'
  | 'submit'
  | 'mend'
  | 'approve'
  | 'tick'
  | 'answer'
  | 'resolve'
  | 'unblock'
  | 'merge'
  | 'resume'
  | 'confirm'
  | 'review';

/** One thing that waits for somebody. */
export interface Waiting {
  readonly epic: string;
  readonly repository: string;
  readonly stage: string | null;
  readonly duty: Duty;
  /** Where it is done: the stage's issue, the pull request, or the epic. */
  readonly number: number | null;
  /** Since when it waits. */
  readonly since: string;
  /** What to type, or to do. */
  readonly next: string;
}

type Found = Pick<Waiting, 'duty' | 'since' | 'next'> & { readonly number?: number };

const isThem = (
  who: Somebody,
  person: { readonly id: number; readonly login: string } | undefined,
): boolean =>
  person !== undefined &&
  (who.id === undefined ? person.login.toLowerCase() === who.login.toLowerCase() : person.id === who.id);

const toClaim = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => {
  const { key, role } = stage.definition;
  const person = who.id === undefined ? undefined : { id: who.id, login: who.login };
  const apart =
    person !== undefined &&
    (workedApart(epic, stage, person) ?? claimedApart(epic, stage, person)) !== undefined;
  if (shownStatus(stage) !== 'ready' || !who.roles.includes(role) || apart) return [];
  return [{ duty: 'claim', since: stage.since, next: `/claim ${key}` }];
};

const toSubmit = (stage: Stage, who: Somebody): readonly Found[] => {
  const { key } = stage.definition;
  if (shownStatus(stage) !== 'in-progress' || !isThem(who, stage.claimant)) return [];
  return [
    { duty: stage.rejection === undefined ? 'submit' : 'mend', since: stage.since, next: `/submit ${key}` },
  ];
};

const toApprove = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => {
  const own = isThem(who, stage.claimant) && !epic.rules.policy.selfApproval;
  // A blocker keeps nobody from approving; time has passed over approvals, whatever else is open.
  if (stage.status !== 'in-review' || stage.timedOut !== undefined || own) return [];
  const { passed, wanted, filled } = judgeGate(epic, stage);
  const wide = wanted.length > 0 && stage.widened.some((role) => who.roles.includes(role));
  const asked = wide ? mayFill(stage) : wanted;
  const answered = epic.rules.policy.distinctApprovers && filled.some(({ by }) => isThem(who, by));
  const barred =
    who.id !== undefined && barredFromApproving(epic, stage, { id: who.id, login: who.login }) !== undefined;
  if (passed || answered || barred || !who.roles.some((role) => asked.includes(role))) return [];
  return [{ duty: 'approve', since: stage.since, next: approveWords(epic, stage.definition.key) }];
};

/** Questions wait for whoever did the work, in the way they ask for. */
const toAnswer = (stage: Stage, who: Somebody): readonly Found[] => {
  if (stage.status !== 'in-review' || stage.override !== undefined || !isThem(who, stage.claimant)) return [];
  const { key } = stage.definition;
  return openQuestions(stage).map(({ id, kind, at }): Found => {
    const words =
      kind === 'evidence' ? `/evidence ${key} ${id} <url or text>` : `/answer ${key} ${id} <text>`;
    return { duty: 'answer', since: at, next: words };
  });
};

/** Criteria wait for whoever did the work, concerns for whoever raised them. */
const toClear = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => {
  if (stage.status !== 'in-review' || stage.override !== undefined) return [];
  const { key } = stage.definition;
  const criteria = isThem(who, stage.claimant) ? openCriteria(stage) : [];
  const concerns = openConcerns(epic, stage).filter((one) => isThem(who, one.by));
  return [
    ...criteria.map(
      (criterion): Found => ({
        duty: 'tick',
        since: stage.since,
        next: `/check ${key} ${criterion} <evidence>`,
      }),
    ),
    ...concerns.map(({ id, at }): Found => ({ duty: 'resolve', since: at, next: `/resolve ${key} ${id}` })),
  ];
};

const toMerge = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => {
  if (shownStatus(stage) !== 'in-review' || !judgeGate(epic, stage).passed || !isThem(who, stage.claimant))
    return [];
  return openPulls(epic, stage.definition.key).map((pull) => ({
    duty: 'merge',
    since: stage.since,
    next: `merge #${pull.number}, or close it`,
    number: pull.number,
  }));
};

const toUnblock = (stage: Stage, who: Somebody): readonly Found[] => {
  const [first, ...others] = stage.blockers;
  const may = [stage.definition.role, ...(stage.definition.gate?.approvers ?? [])];
  if (first === undefined || shownStatus(stage) !== 'blocked') return [];
  if (!who.roles.some((role) => may.includes(role))) return [];
  const which = others.length === 0 ? '' : ` ${first.id}`;
  return [{ duty: 'unblock', since: first.at, next: `/unblock ${stage.definition.key}${which}` }];
};

const standing = (pull: Pull) =>
  pull.reviews.find((one) => one.verdict === 'changes-requested' && !one.voided && one.commit === pull.head);

/** Changes asked for on a pull request of theirs, where the stage is somebody else's: otherwise /submit says it already. */
const toMend = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] =>
  openPulls(epic, stage.definition.key).flatMap((pull): readonly Found[] => {
    const review = standing(pull);
    if (review === undefined || !isThem(who, pull.author) || isThem(who, stage.claimant)) return [];
    return [
      {
        duty: 'mend',
        since: review.at,
        next: `push what was asked for to #${pull.number}`,
        number: pull.number,
      },
    ];
  });

const isOwner = (epic: OpenedEpic, who: Somebody): boolean =>
  isThem(who, epic.author) || epic.rules.policy.overrideRoles.some((role) => who.roles.includes(role));

/** Nothing else of a stage that stands still waits for anybody. */
const toLetGo = (epic: OpenedEpic, { part, at }: Hold, who: Somebody): readonly Found[] =>
  isOwner(epic, who) ? [{ duty: 'resume', since: at, next: `/resume ${part.name}` }] : [];

const ofMoving = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => [
  ...toClaim(epic, stage, who),
  ...toSubmit(stage, who),
  ...toApprove(epic, stage, who),
  ...toAnswer(stage, who),
  ...toClear(epic, stage, who),
  ...toMerge(epic, stage, who),
  ...toUnblock(stage, who),
  ...toMend(epic, stage, who),
];

const ofStage = (epic: OpenedEpic, stage: Stage, who: Somebody): readonly Found[] => {
  const hold = heldBy(epic, stage);
  if (hold === undefined) return ofMoving(epic, stage, who);
  return isFinal(stage) || stage.status === 'waiting' ? [] : toLetGo(epic, hold, who);
};

const ofEpic = (epic: OpenedEpic, who: Somebody): readonly Omit<Waiting, 'epic' | 'repository'>[] => {
  const { number } = epic.subject.issue;
  if (epic.pause !== undefined) {
    const overrider = epic.rules.policy.overrideRoles.some((role) => who.roles.includes(role));
    const may = epic.stop === undefined ? isOwner(epic, who) : overrider;
    const resume = { stage: null, duty: 'resume' as const, number, since: epic.pause.at, next: '/resume' };
    return may && epic.status === 'paused' ? [resume] : [];
  }
  if (epic.status !== 'running') return [];
  return epic.stages.flatMap((stage) =>
    ofStage(epic, stage, who).map((found) => ({
      stage: stage.definition.key,
      ...found,
      number: found.number ?? stage.issue?.number ?? null,
    })),
  );
};

/**
 * Nothing but /resume waits while an epic is paused, and nothing once it is over, but for the review of a gate that was
 * passed by force. `at`: now. Unordered.
 */
export const waitingOn = ({ id, epic }: NamedEpic, who: Somebody, at: string): readonly Waiting[] => {
  const { repository, issue } = epic.subject;
  const here = { epic: id, repository: `${repository.owner}/${repository.name}` };
  const glasses = glassDuties(epic, who, at).map((one) => ({
    ...one,
    number: findStage(epic, one.stage)?.issue?.number ?? issue.number,
  }));
  return [...ofEpic(epic, who), ...glasses].map((one) => ({ ...here, ...one }));
};
