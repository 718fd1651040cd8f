/** `getMetrics` (Q-07, TO-08): durations, waits, submissions and rejections, from what was recorded. */
import type { EpicEvent } from '../epic/events.ts';
import { code } from '../epic/say-who.ts';
import type { StageStatus } from '../epic/state.ts';
import { lengthText } from '../render/length-text.ts';
import { table } from '../render/table.ts';
import { askedStages } from './asked-stages.ts';
import { type GateWait, gateWaits } from './gate-waits.ts';
import { type Asked, query } from './query.ts';
import { pausedSeconds, type Step, secondsBetween, stepsIn, thisRound } from './steps.ts';

/** One stage in figures; seconds are of the world's time, pauses and nights included. */
interface StageMetrics {
  readonly stage: string;
  readonly status: StageStatus;
  /** From ready for the first time until it was over, or until now; null while it waits for other stages. */
  readonly seconds: number | null;
  /** Of these: nobody had it, somebody worked on it, approvals were waited for. */
  readonly unclaimed: number;
  readonly worked: number;
  readonly inReview: number;
  /** These four over all rounds of the stage, as the totals. */
  readonly submissions: number;
  readonly rejections: number;
  readonly approvals: number;
  readonly evidence: number;
}

/** The answer of `getMetrics`. */
interface Metrics {
  readonly seconds: number;
  readonly paused: number;
  readonly stages: readonly StageMetrics[];
  readonly gateWaits: readonly GateWait[];
  readonly totals: Readonly<
    Record<'submissions' | 'rejections' | 'approvals' | 'overrides' | 'skips', number>
  > & {
    readonly gateWaitSeconds: { readonly count: number; readonly total: number; readonly longest: number };
  };
}

const times = (events: readonly EpicEvent[], type: EpicEvent['type'], stage?: string): number =>
  events.filter(
    (event) => event.type === type && (stage === undefined || ('stage' in event && event.stage === stage)),
  ).length;

/** Sent back to its claimant, or further: both are said by an approver. */
const rejectionsOf = (events: readonly EpicEvent[], stage?: string): number =>
  times(events, 'StageRejected', stage) +
  events.filter(
    (event) =>
      event.type === 'StageReopened' &&
      event.rejected === true &&
      (stage === undefined || event.stage === stage),
  ).length;

/** Seconds a stage has spent in a status, the present stay up to `until`. */
const spentIn = (steps: readonly Step[], status: StageStatus, until: string): number => {
  const last = steps.at(-1);
  const left = steps.filter((step) => step.from === status).reduce((sum, step) => sum + step.after, 0);
  return last?.to === status ? left + secondsBetween(last.at, until) : left;
};

const stageMetrics = (asked: Asked): readonly StageMetrics[] => {
  const events = thisRound(asked.history);
  const steps = stepsIn(asked.history);
  const until = asked.epic.endedAt ?? asked.at;
  return askedStages(asked).map((stage) => {
    const { key } = stage.definition;
    const own = steps.filter((step) => step.stage === key);
    const [unclaimed, worked, inReview] = [
      spentIn(own, 'ready', until),
      spentIn(own, 'in-progress', until),
      spentIn(own, 'in-review', until),
    ];
    return {
      stage: key,
      status: stage.status,
      seconds: own.length === 0 ? null : unclaimed + worked + inReview,
      unclaimed,
      worked,
      inReview,
      submissions: times(events, 'StageSubmitted', key),
      rejections: rejectionsOf(events, key),
      approvals: times(events, 'ApprovalGiven', key),
      evidence: times(events, 'EvidenceAdded', key),
    };
  });
};

const answer = (asked: Asked): Metrics => {
  const { epic, history, at, stage } = asked;
  const events = thisRound(history);
  const until = epic.endedAt ?? at;
  const waits = gateWaits(history, until).filter((wait) => stage === undefined || wait.stage === stage);
  const lengths = waits.map((wait) => wait.seconds);
  return {
    seconds: secondsBetween(epic.openedAt, until),
    paused: pausedSeconds(history, until),
    stages: stageMetrics(asked),
    gateWaits: waits,
    totals: {
      submissions: times(events, 'StageSubmitted', stage),
      rejections: rejectionsOf(events, stage),
      approvals: times(events, 'ApprovalGiven', stage),
      overrides: times(events, 'GateOverridden', stage),
      skips: times(events, 'StageSkipped', stage),
      gateWaitSeconds: {
        count: lengths.length,
        total: lengths.reduce((sum, one) => sum + one, 0),
        longest: Math.max(0, ...lengths),
      },
    },
  };
};

const lines = ({ seconds, paused, stages, totals }: Metrics): readonly string[] => {
  const waits = totals.gateWaitSeconds;
  const still = paused === 0 ? '' : ` (${lengthText(paused)} of it paused)`;
  return [
    `${lengthText(seconds)}${still} · ${totals.submissions} submitted, ${totals.rejections} rejected, ${totals.approvals} approved by comment, ${totals.overrides} overridden, ${totals.skips} skipped`,
    `Waited at gates ${waits.count} times, ${lengthText(waits.total)} in all, ${lengthText(waits.longest)} at most.`,
    '',
    ...table(
      ['stage', 'state', 'took', 'unclaimed', 'worked on', 'in review', 'submitted', 'rejected'],
      stages.map((one) => [
        code(one.stage),
        one.status,
        one.seconds === null ? '' : lengthText(one.seconds),
        lengthText(one.unclaimed),
        lengthText(one.worked),
        lengthText(one.inReview),
        String(one.submissions),
        String(one.rejections),
      ]),
    ),
  ];
};

/** The record of `getMetrics`. */
export const getMetrics = query<Metrics>({
  name: 'getMetrics',
  word: 'metrics',
  summary: 'How long everything took and waited, and how often it was submitted and rejected.',
  ofStage: true,
  answer,
  lines,
});
