/** `getReviewFindings`: what reviewers and approvers asked to be changed, newest round first. */
import type { EpicEvent } from '../epic/events.ts';
import { code } from '../epic/say-who.ts';
import { moment } from '../render/moment.ts';
import { neutral } from '../render/neutral.ts';
import { type Asked, query } from './query.ts';
import { thisRound } from './steps.ts';

/** One request for changes. */
interface Finding {
  readonly stage: string | null;
  readonly pull: number | null;
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** The answer of `getReviewFindings`, in the order they were made. */
interface ReviewFindings {
  readonly findings: readonly Finding[];
}

const findingOf = ({ epic }: Asked, event: EpicEvent): readonly Finding[] => {
  const { at } = event;
  const further = event.type === 'StageReopened' && event.rejected === true;
  if (event.type === 'StageRejected' || further) {
    return [{ stage: event.stage, pull: null, by: event.by.login, at, text: event.reason }];
  }
  if (event.type !== 'ReviewGiven' || event.review.verdict !== 'changes-requested') return [];
  const stage = epic.pulls.find((pull) => pull.number === event.number)?.stage ?? null;
  const { by, text } = event.review;
  return [{ stage, pull: event.number, by: by.login, at, text }];
};

/** A review that rejects is recorded twice, as a review and as a rejection: it is told once, with its pull request. */
const once = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(
    (one) =>
      one.pull !== null ||
      !findings.some((other) => other.pull !== null && other.by === one.by && other.at === one.at),
  );

const answer = (asked: Asked): ReviewFindings => {
  const all = once(thisRound(asked.history).flatMap((event) => findingOf(asked, event)));
  return { findings: all.filter((one) => asked.stage === undefined || one.stage === asked.stage) };
};

const lines = ({ findings }: ReviewFindings): readonly string[] =>
  findings.length === 0
    ? ['Nobody has asked for changes.']
    : findings.toReversed().map((one) => {
        const where = [
          ...(one.stage === null ? [] : [code(one.stage)]),
          ...(one.pull === null ? [] : [`#${one.pull}`]),
        ].join(' ');
        const text = one.text.trim() === '' ? 'no words' : neutral(one.text);
        return `- ${moment(one.at)} · ${code(one.by)} · ${where}: ${text}`;
      });

/** The record of `getReviewFindings`. */
export const getReviewFindings = query<ReviewFindings>({
  name: 'getReviewFindings',
  word: null,
  summary: 'What reviewers and approvers asked to be changed.',
  ofStage: true,
  answer,
  lines,
});
