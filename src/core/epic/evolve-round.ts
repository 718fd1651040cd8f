/** What going back does to an epic: the round of a stage becomes past, and an empty one begins. */
import { startClock } from './clock.ts';
import type { IssueOpened, StageReopened } from './events.ts';
import type { PastRound, Reopening } from './past-round.ts';
import { pastRounds, roundOf } from './round-of.ts';
import { isFinal, pullsOf } from './stage.ts';
import type { OpenedEpic, Pull, Stage } from './state.ts';
import type { IssueRef } from './subject.ts';

const outcomeOf = ({ status }: Stage, event: StageReopened): PastRound['outcome'] => {
  if (event.rejected === true) return 'rejected';
  if (status === 'done' || status === 'skipped' || status === 'failed' || status === 'cancelled')
    return status;
  return 'sent-back';
};

const present = <K extends keyof Stage>(stage: Stage, ...keys: readonly K[]): Partial<Pick<Stage, K>> => {
  const found: Partial<Pick<Stage, K>> = {};
  for (const key of keys) if (stage[key] !== undefined) found[key] = stage[key];
  return found;
};

const pastOf = (epic: OpenedEpic, stage: Stage, event: StageReopened, reopening: Reopening): PastRound => ({
  round: roundOf(stage),
  outcome: outcomeOf(stage, event),
  openedAt: stage.reopening?.at ?? epic.openedAt,
  endedAt: isFinal(stage) ? stage.since : event.at,
  ended: reopening,
  submission: stage.submission,
  note: stage.note,
  approvals: stage.approvals,
  blockers: stage.blockers,
  evidence: stage.evidence,
  pulls: pullsOf(epic, stage.definition.key),
  ...present(
    stage,
    'reopening',
    'issue',
    'claimant',
    'claimedFor',
    'rejection',
    'override',
    'skip',
    'timedOut',
    'overLimit',
    'ticks',
    'concerns',
    'questions',
  ),
});

/** A blocker that still stands is lifted by people alone; one of a stage that was over stopped nothing any more. */
const standing = (stage: Stage): Stage['blockers'] => (isFinal(stage) ? [] : stage.blockers);

const fresh = (epic: OpenedEpic, stage: Stage, event: StageReopened): Stage => {
  const reopening: Reopening = { by: event.by, text: event.reason, at: event.at, root: event.root };
  const blockers = standing(stage);
  const concerns = stage.concerns?.filter(({ id }) => event.concerns?.includes(id) === true) ?? [];
  return {
    definition: stage.definition,
    status: 'waiting',
    since: event.at,
    round: event.round,
    past: [...pastRounds(stage), pastOf(epic, stage, event, reopening)],
    reopening,
    submission: 0,
    note: '',
    approvals: [],
    gatePassed: false,
    blockers,
    evidence: [],
    clock: startClock(event.at, blockers.length > 0),
    rung: [],
    widened: [],
    ...present(stage, 'priority', 'addedBefore', 'unvouched'),
    ...(concerns.length > 0 && { concerns }),
  };
};

/** What is still open goes on in the new round; what was merged or closed was of the old one. No opinion outlives it. */
const carried = (pull: Pull, event: StageReopened): Pull => {
  if (pull.stage !== event.stage) return pull;
  const reviews = pull.reviews.map((review) => ({ ...review, voided: true }));
  return pull.state === 'open' ? { ...pull, reviews, round: event.round } : { ...pull, reviews };
};

/** The epic with one stage in its next round. */
export const evolveRound = (epic: OpenedEpic, event: StageReopened): OpenedEpic => ({
  ...epic,
  stages: epic.stages.map((stage) =>
    stage.definition.key === event.stage ? fresh(epic, stage, event) : stage,
  ),
  pulls: epic.pulls.map((pull) => carried(pull, event)),
  ...(epic.departed !== undefined && { departed: epic.departed.map((pull) => carried(pull, event)) }),
});

/** A pull request that comes back to life belongs to the round its stage is in now. */
export const intoPresent = (epic: OpenedEpic, pulls: readonly Pull[], number: number): readonly Pull[] =>
  pulls.map((pull) => {
    const round = epic.stages.find((stage) => stage.definition.key === pull.stage)?.round;
    return pull.number === number && round !== undefined ? { ...pull, round } : pull;
  });

/** Where the issue of a round that is over stands: the only thing about it that can still change, on GitHub. */
export const placePast = (stage: Stage, round: number, issue: IssueOpened['issue'] | undefined): Stage => ({
  ...stage,
  past: pastRounds(stage).map((past) => {
    const { issue: _, ...rest } = past;
    return past.round === round ? withIssue(rest, issue) : past;
  }),
});

const withIssue = (past: PastRound, issue: IssueRef | undefined): PastRound =>
  issue === undefined ? past : { ...past, issue };
