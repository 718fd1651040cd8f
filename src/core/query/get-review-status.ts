/** `getReviewStatus`: the latest opinion of each reviewer on each linked pull request, and whether it still holds. */
import { carriesTo } from '../epic/moved-head.ts';
import { code } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { OpenedEpic, Pull, Review } from '../epic/state.ts';
import { moment } from '../render/moment.ts';
import { table } from '../render/table.ts';
import { patternsOf } from '../workflow/path-patterns.ts';
import { type Asked, query } from './query.ts';

/** One reviewer's opinion. */
interface ReviewNow {
  readonly by: string;
  readonly verdict: Review['verdict'];
  readonly roles: readonly string[];
  readonly commit: string;
  /** Neither dismissed nor voided by a rejection, and for what is there now: an approval outlives pushes that change nothing it judged, and all of them without `stale_on_push`. */
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

/** An approval as the gate judges it; what asks for changes was said of its commit alone. */
const isCurrent = (epic: OpenedEpic, pull: Pull, { verdict, commit, roles }: Review): boolean => {
  if (verdict !== 'approved') return commit === pull.head;
  const paths = findStage(epic, pull.stage)?.definition.gate?.paths;
  const judged = roles.length === 0 ? [undefined] : roles.map((role) => patternsOf(paths, role));
  return !epic.rules.policy.staleOnPush || judged.some((patterns) => carriesTo(pull, commit, patterns));
};

const reviewNow = (epic: OpenedEpic, pull: Pull, review: Review): ReviewNow => ({
  by: review.by.login,
  verdict: review.verdict,
  roles: review.roles,
  commit: review.commit,
  holds: !review.voided && review.verdict !== 'dismissed' && isCurrent(epic, pull, review),
  at: review.at,
});

const answer = ({ epic, stage }: Asked): ReviewStatus => ({
  pulls: epic.pulls
    .filter((pull) => stage === undefined || pull.stage === stage)
    .map((pull) => ({
      pull: pull.number,
      stage: pull.stage,
      state: pull.state,
      reviews: pull.reviews.map((review) => reviewNow(epic, pull, review)),
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
