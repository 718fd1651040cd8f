/** Who had approved in a round that is over, by comment or by review. */
import type { Approval, PastRound, Review } from '../epic/state.ts';

/** In the order they are kept: comments, then reviews. */
export const approvalsOf = ({
  approvals,
  pulls,
}: PastRound): readonly Pick<Approval | Review, 'by' | 'roles' | 'at'>[] => [
  ...approvals,
  ...pulls.flatMap((pull) => pull.reviews.filter((one) => one.verdict === 'approved' && !one.voided)),
];
