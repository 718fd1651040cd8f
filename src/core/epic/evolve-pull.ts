/** What an event does to the pull requests of an epic. */
import { isOutdated } from './approval.ts';
import type { EpicEvent } from './events.ts';
import { heldNow } from './held-now.ts';
import { roundOf } from './round-of.ts';
import type { Pull, Review } from './state.ts';

type PullEvent = Extract<
  EpicEvent,
  {
    type:
      | `PullRequest${string}`
      | 'ReviewGiven'
      | 'ReviewDismissed'
      | 'HeadShown'
      | 'RolesAsked'
      | 'StageRejected'
      | 'StageSkipped'
      | 'ApprovalOutdated'
      | 'ApprovalsVoided';
  }
>;

const given = (
  reviews: readonly Review[],
  { review, late }: Extract<EpicEvent, { type: 'ReviewGiven' }>,
): readonly Review[] => [
  ...reviews.filter((one) => one.by.id !== review.by.id),
  { ...review, voided: late === true },
];

const union = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];

type Pushed = Extract<EpicEvent, { type: 'PullRequestPushed' }>;

/** Remembers the head that goes. */
const leaving = ({ head, left = [] }: Pull, next: string): Pick<Pull, 'left'> =>
  head === next ? (left.length === 0 ? {} : { left }) : { left: union(left, [head]) };

/** A head that comes back is shown from then on only: what was said while another one was there is not about it (threats T12). */
const seenSince = (pull: Pull, event: Pushed): Pick<Pull, 'shownSince'> =>
  event.head === pull.head || pull.shown === undefined ? {} : { shownSince: event.at };

/** Approvals were of what would go into the old base, or for another gate; a no stays a no (threats T15, T16). */
const withoutConsent = (reviews: readonly Review[]): readonly Review[] =>
  reviews.map((review) => (review.verdict === 'approved' ? { ...review, voided: true } : review));

/** Whoever skipped a stage let pass what was there. */
const excuse = ({ excused: _, ...pull }: Pull): Pull =>
  pull.state === 'open' && pull.link === 'linked' ? { ...pull, excused: pull.head } : pull;

/** Against another base the whole change is another one. */
const without = ({ moves: _, excused: __, ...pull }: Pull): Pull => pull;

const changed = (
  pull: Pull,
  event: Exclude<PullEvent, { type: 'PullRequestLinked' | 'PullRequestUnlinked' }>,
): Pull => {
  switch (event.type) {
    case 'PullRequestPushed':
      return {
        ...pull,
        head: event.head,
        ...leaving(pull, event.head),
        contributors: union(pull.contributors, event.contributors),
        ...seenSince(pull, event),
        ...(event.moved === undefined ? {} : { moves: [...(pull.moves ?? []), event.moved] }),
      };
    case 'PullRequestRetargeted':
      return { ...without(pull), base: event.base, reviews: withoutConsent(pull.reviews) };
    case 'PullRequestClosed':
      return { ...pull, state: event.merged ? 'merged' : 'closed' };
    case 'PullRequestReopened':
      return { ...pull, state: 'open' };
    case 'PullRequestChecked': {
      const names = event.checks.map((one) => one.name);
      const others = (pull.checks ?? []).filter((one) => !names.includes(one.name));
      return { ...pull, checks: [...others, ...event.checks] };
    }
    case 'HeadShown':
      return { ...pull, shown: event.head, ...(pull.shown === undefined ? {} : { shownSince: event.at }) };
    case 'ReviewGiven':
      return { ...pull, reviews: given(pull.reviews, event) };
    case 'ReviewDismissed':
      return {
        ...pull,
        reviews: pull.reviews.map((review) =>
          review.id === event.reviewId ? { ...review, verdict: 'dismissed' as const } : review,
        ),
      };
    case 'RolesAsked':
      return {
        ...pull,
        reviews: pull.reviews.map((review) =>
          review.by.id === event.person ? heldNow(review, event) : review,
        ),
      };
    case 'StageRejected':
      return { ...pull, reviews: pull.reviews.map((review) => ({ ...review, voided: true })) };
    case 'StageSkipped':
      return excuse(pull);
    case 'ApprovalsVoided':
      return { ...pull, reviews: withoutConsent(pull.reviews) };
    case 'ApprovalOutdated':
      return {
        ...pull,
        reviews: pull.reviews.map((review) =>
          review.verdict === 'approved' && isOutdated(review, event) ? { ...review, voided: true } : review,
        ),
      };
  }
};

const concerns = (pull: Pull, event: PullEvent): boolean => {
  if (event.type === 'RolesAsked') return true;
  if ('stage' in event && event.type !== 'PullRequestLinked' && event.type !== 'PullRequestUnlinked')
    return pull.stage === event.stage;
  return event.type !== 'PullRequestLinked' && pull.number === event.number;
};

type Linked = Extract<EpicEvent, { type: 'PullRequestLinked' }>;

/** What was there at its stage before is there since then; anything else came with this link. */
const sameTie = (known: Pull, { stage, pull }: Linked): boolean =>
  known.stage === stage && known.link === 'linked' && roundOf(known) === roundOf(pull);

const linked = (known: Pull | undefined, event: Linked): Pull => {
  const { pull, stage, at } = event;
  const bare = { ...pull, stage, linkedAt: at, reviews: known?.reviews ?? [] };
  if (known === undefined) return bare;
  const tied = sameTie(known, event);
  return {
    ...bare,
    contributors: union(known.contributors, pull.contributors),
    ...leaving(known, pull.head),
    ...(known.shown === undefined ? {} : { shown: known.shown }),
    ...(known.moves === undefined || known.base !== pull.base ? {} : { moves: known.moves }),
    ...(known.checks === undefined ? {} : { checks: known.checks }),
    ...(known.shownSince === undefined ? {} : { shownSince: known.shownSince }),
    ...(tied && known.linkedAt !== undefined ? { linkedAt: known.linkedAt } : {}),
    ...(tied && known.excused !== undefined ? { excused: known.excused } : {}),
  };
};

/** The epic's pull requests after the event. Linking again replaces the link and keeps the reviews and everybody who ever contributed. */
export const evolvePull = (pulls: readonly Pull[], event: PullEvent): readonly Pull[] => {
  if (event.type === 'PullRequestLinked') {
    const known = pulls.find((pull) => pull.number === event.pull.number);
    return [...pulls.filter((pull) => pull.number !== event.pull.number), linked(known, event)];
  }
  if (event.type === 'PullRequestUnlinked') return pulls.filter((pull) => pull.number !== event.number);
  return pulls.map((pull) => (concerns(pull, event) ? changed(pull, event) : pull));
};
