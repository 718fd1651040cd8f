/** `getTimeline` (Q-04): the steps that are completed, in order, and how long each took. */
import { code } from '../epic/say-who.ts';
import { lengthText } from '../render/length-text.ts';
import { moment } from '../render/moment.ts';
import { table } from '../render/table.ts';
import { type Asked, query } from './query.ts';
import { type Step, secondsBetween, stepsIn } from './steps.ts';

/** The answer of `getTimeline`. */
interface Timeline {
  readonly openedAt: string;
  readonly endedAt: string | null;
  /** Since it was opened, up to its end or now. */
  readonly seconds: number;
  readonly steps: readonly Step[];
}

const answer = ({ epic, history, at, stage }: Asked): Timeline => ({
  openedAt: epic.openedAt,
  endedAt: epic.endedAt ?? null,
  seconds: secondsBetween(epic.openedAt, epic.endedAt ?? at),
  steps: stepsIn(history).filter((step) => stage === undefined || step.stage === stage),
});

const lines = ({ openedAt, endedAt, seconds, steps }: Timeline, { epic }: Asked): readonly string[] => [
  `Opened ${moment(openedAt)}; ${endedAt === null ? epic.status : `${epic.status} ${moment(endedAt)}`} after ${lengthText(seconds)}.`,
  '',
  ...table(
    ['when', 'stage', 'step', 'after', 'by'],
    steps.map((step) => [
      moment(step.at),
      code(step.stage),
      `${step.from} → ${step.to}`,
      lengthText(step.after),
      code(step.by),
    ]),
  ),
];

/** The record of `getTimeline`. */
export const getTimeline = query<Timeline>({
  name: 'getTimeline',
  word: 'timeline',
  summary: 'The steps that are completed, in order, with how long each took.',
  ofStage: true,
  answer,
  lines,
});
