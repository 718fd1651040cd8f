/** GitHub's review states in our words. */
import type { Review } from '../../core/epic/state.ts';

const verdicts: Readonly<Record<string, Review['verdict']>> = {
  approved: 'approved',
  changes_requested: 'changes-requested',
  dismissed: 'dismissed',
};

/** `APPROVED`, `changes_requested`, … → a verdict; a plain comment (or a pending review) has none. */
export const reviewVerdict = (state: string): Review['verdict'] | undefined => verdicts[state.toLowerCase()];
