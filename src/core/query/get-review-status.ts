/** `getReviewStatus`: the latest opinion of each reviewer on each linked pull request, and whether it still holds. */
import { code } from '../epic/say-who.ts';
import type { Pull, Review } from '../epic/state.ts';
import { moment } from '../render/moment.ts';
import { table } from '../render/table.ts';
import { type Asked, query } from './query.ts';

/** One reviewer's opinion. */
interface ReviewNow {
  readonly by: string;
  readonly verdict: Review['verdict'];
  readonly roles: readonly string[];
  readonly commit: string;
  /** Given on the head that is there now, and neither dismissed nor voided by a rejection. */
  readonly holds: boolean;
  readonly at: string;
}

/** The answer of `getReviewStatus`. */
interface ReviewStatus {
  readonly pulls: readonly {
    readonly pull: number;
    readonly stage: string;
    readonly state: Pull['state'];
    readonly reviews: readonly ReviewNow[];
  }[];
}

const reviewNow = (pull: Pull, review: Review): ReviewNow => ({
  by: review.by.login,
  verdict: review.verdict,
  roles: review.roles,
  commit: review.commit,
  holds: review.commit === pull.head && !review.voided && review.verdict !== 'dismissed',
  at: review.at,
});

const answer = ({ epic, stage }: Asked): ReviewStatus => ({
  pulls: epic.pulls
    .filter((pull) => stage === undefined || pull.stage === stage)
    .map((pull) => ({
      pull: pull.number,
      stage: pull.stage,
      state: pull.state,
      reviews: pull.reviews.map((review) => reviewNow(pull, review)),
    })),
});

const lines = ({ pulls }: ReviewStatus): readonly string[] => {
  if (pulls.length === 0) return ['No pull request is linked.'];
  return pulls.flatMap(({ pull, stage, state, reviews }, index) => [
    ...(index === 0 ? [] : ['']),
    `**#${pull}** (${state}) of ${code(stage)}${reviews.length === 0 ? ': nobody has reviewed it.' : ''}`,
    ...(reviews.length === 0 ? [] : ['']),
    ...table(
      ['reviewer', 'says', 'of', 'as', 'when'],
      reviews.map((one) => [
        code(one.by),
        `${one.verdict}${one.holds ? '' : ' (no longer holds)'}`,
        code(one.commit.slice(0, 7)),
        one.roles.map(code).join(', '),
        moment(one.at),
      ]),
    ),
  ]);
};

/** The record of `getReviewStatus`. */
export const getReviewStatus = query<ReviewStatus>({
  name: 'getReviewStatus',
  word: 'reviews',
  summary: 'Who has reviewed the linked pull requests, and whether it still holds.',
  ofStage: true,
  answer,
  lines,
});
