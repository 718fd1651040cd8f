/** "No" to a person: why, who may, and what to type instead; never retried, never silent. */

/** Every reason the rules can give; tests assert these, the sentences may improve. */
export const refusalCodes = [
  'unknown-stage',
  'which-stage',
  'not-your-role',
  'not-the-claimant',
  'not-claimable',
  'already-claimed',
  'already-done',
  'not-in-progress',
  'not-in-review',
  'no-gate',
  'blocked',
  'not-blocked',
  'which-blocker',
  'which-question',
  'no-question',
  'not-the-asker',
  'stopped',
  'nothing-to-pause',
  'bad-stage',
  'nothing-to-undo',
  'too-late',
  'needs-second',
  'no-such-glass',
  'paused',
  'not-paused',
  'ended',
  'reason-needed',
  'text-needed',
  'own-work',
  'kept-apart',
  'too-much-at-once',
  'explicit-gate',
  'approved-already',
  'one-role-each',
  'head-moved',
  'name-the-commit',
  'no-such-commit',
  'which-commit',
  'write-needed',
  'not-a-stage-issue',
  'not-a-pull-request',
  'gate-not-open',
  'running-already',
  'facts-missing',
  'no-epic',
  'unknown-query',
  'through-an-app',
  'link-unconfirmed',
  'not-a-dependency',
  'nothing-to-redo',
  'not-done',
  'past-round',
  'no-workflow',
  'no-criteria',
  'unknown-criterion',
  'ticked-already',
  'unknown-concern',
  'resolved-already',
  'unknown-condition',
  'agent-alone',
  'not-a-digest',
  'file-changed',
  'cannot-migrate',
  'no-such-workflow',
] as const;

/** One of `refusalCodes`. */
export type RefusalCode = (typeof refusalCodes)[number];

/** What the person is told; every text is already safe to show (names and keys, no echoed prose). */
export interface Refusal {
  readonly refused: RefusalCode;
  /** One sentence: why not. */
  readonly why: string;
  /** Who may, if anybody: role names and people, ready to show. */
  readonly who?: string;
  /** What to type instead, or next. */
  readonly next?: string;
  /** Markdown of ours to show beneath it. */
  readonly beneath?: string;
}

/** A Refusal, with the optional parts left out where they are empty. */
export const refuse = (
  refused: RefusalCode,
  why: string,
  more: { who?: string; next?: string } = {},
): Refusal => ({
  refused,
  why,
  ...more,
});

/** True for what `decide` answers when it says no. */
export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer;
