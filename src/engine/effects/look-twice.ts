/** GitHub's lists may lag behind what it has just made: what an attempt may have made is looked for twice before it is made anew (threats F31, §3.3). */
import type { DuePromise } from '../../ledger/due.ts';

/** Where an attempt's answer was lost and one look found nothing yet: not kept for now, and looked for again in a while. */
export class NotSeenYet extends Error {
  override readonly name = 'NotSeenYet';

  constructor() {
    super('GitHub does not show yet what may have been made; it is looked for once more.');
  }
}

const seen = new NotSeenYet().message;

/** Throws NotSeenYet after the first look that found nothing; nothing after the second. */
export const lookTwice = ({ problem }: Pick<DuePromise, 'problem'>): void => {
  if (problem !== seen) throw new NotSeenYet();
};
