/** `getTaskReview` (Q-10): what was submitted, and what those who were asked have said to it. */
import { judgeGate, type NotCounted } from '../epic/gate.ts';
import type { PastRound } from '../epic/past-round.ts';
import { pastRounds, roundOf } from '../epic/round-of.ts';
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import type { Stage, Statement } from '../epic/state.ts';
import { moment } from '../render/moment.ts';
import { neutral } from '../render/neutral.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** What somebody said. */
interface Said {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** One stage's review. */
interface TaskReview {
  readonly stage: string;
  readonly round: number;
  /** Of a round that is over, how it ended. */
  readonly status: ReturnType<typeof shownStatus> | PastRound['outcome'];
  readonly submissions: number;
  /** The claimant's note with the latest submission. */
  readonly note: string;
  readonly approvals: readonly {
    readonly by: string;
    readonly roles: readonly string[];
    readonly at: string;
    /** Why it does not count; null where it does, or will once the stage is submitted. */
    readonly not: NotCounted | null;
  }[];
  readonly rejection: Said | null;
  readonly override: Said | null;
}

/** The answer of `getTaskReview`: rounds of stages that were submitted at least once, the first round of each first. */
interface TaskReviews {
  readonly reviews: readonly TaskReview[];
}

const said = (statement: Statement | undefined): Said | null =>
  statement === undefined ? null : { by: statement.by.login, at: statement.at, text: statement.text };

const reviewOf = (asked: Asked, stage: Stage): TaskReview => ({
  stage: stage.definition.key,
  round: roundOf(stage),
  status: shownStatus(stage),
  submissions: stage.submission,
  note: stage.note,
  approvals: judgeGate(asked.epic, stage).consents.map((one) => ({
    by: one.by.login,
    roles: one.roles,
    at: one.at,
    not: one.not ?? null,
  })),
  rejection: said(stage.rejection),
  override: said(stage.override),
});

/** What was said in a round that is over, as it was when it ended. */
const pastReview = ({ definition }: Stage, past: PastRound): TaskReview => {
  const reviewed = past.pulls.flatMap(({ reviews }) => reviews.filter((one) => one.verdict === 'approved'));
  const given = [...past.approvals, ...reviewed].map(({ by, roles, at }) => ({
    by: by.login,
    roles,
    at,
    not: null,
  }));
  return {
    stage: definition.key,
    round: past.round,
    status: past.outcome,
    submissions: past.submission,
    note: past.note,
    approvals: given,
    rejection: said(past.rejection ?? (past.outcome === 'rejected' ? past.ended : undefined)),
    override: said(past.override),
  };
};

const answer = (asked: Asked): TaskReviews => ({
  reviews: askedStages(asked)
    .flatMap((stage) => [...pastRounds(stage).map((past) => pastReview(stage, past)), reviewOf(asked, stage)])
    .filter(({ submissions }) => submissions > 0),
});

const sentence = (what: string, one: Said | null): readonly string[] =>
  one === null ? [] : [`- ${what} by ${code(one.by)}, ${moment(one.at)}: ${neutral(one.text)}`];

const lines = ({ reviews }: TaskReviews): readonly string[] => {
  if (reviews.length === 0) return ['Nothing was submitted yet.'];
  return reviews.flatMap((one, index) => [
    ...(index === 0 ? [] : ['']),
    `**${code(one.stage)}** (${one.status})${one.round === 1 ? '' : `, round ${one.round}`}, submission ${one.submissions}${one.note === '' ? '' : `: ${neutral(one.note)}`}`,
    '',
    ...one.approvals.map(({ by, roles, at, not }) => {
      const why = not === null ? '' : ` (does not count: ${not})`;
      return `- approved by ${code(by)} as ${roles.map(code).join(', ')}, ${moment(at)}${why}`;
    }),
    ...sentence('**overridden**', one.override),
    ...sentence('rejected', one.rejection),
  ]);
};

/** The record of `getTaskReview`. */
export const getTaskReview = query<TaskReviews>({
  name: 'getTaskReview',
  word: null,
  summary: 'What was submitted and what approvers have said to it.',
  ofStage: true,
  answer,
  lines,
});
