/** What an examination says of one thing, and how to mend it. */

/**
 * `right`: seen, and as it must be · `wrong`: Gatehouse does not work, or can be got round, until it is mended ·
 * `warning`: works, but weaker than it could be · `unseen`: cannot be seen with what Gatehouse is permitted; somebody has to look.
 */
export type Verdict = 'right' | 'wrong' | 'warning' | 'unseen';

/** One line of a report. */
export interface Finding {
  /** `App`, `webhook`, `ledger`, an account, or `owner/name`. */
  readonly about: string;
  /** The check's stable name, for programs. */
  readonly check: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What to do; absent where all is well. */
  readonly mend?: string;
}

/** Makes findings about one thing. */
export interface Notes {
  readonly right: (check: string, says: string) => Finding;
  readonly wrong: (check: string, says: string, mend: string) => Finding;
  readonly warning: (check: string, says: string, mend: string) => Finding;
  /** Never to be read as fine. */
  readonly unseen: (check: string, says: string, mend: string) => Finding;
}

/** Notes about `about`. */
export const notesOn = (about: string): Notes => ({
  right: (check, says) => ({ about, check, verdict: 'right', says }),
  wrong: (check, says, mend) => ({ about, check, verdict: 'wrong', says, mend }),
  warning: (check, says, mend) => ({ about, check, verdict: 'warning', says, mend }),
  unseen: (check, says, mend) => ({
    about,
    check,
    verdict: 'unseen',
    says: `${says} cannot be seen, check by hand`,
    mend,
  }),
});
