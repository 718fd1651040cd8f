/** Something somebody could do, as a command the real rules can be asked about. */
import type { EpicCommand, Facts, PullFacts } from '../epic/commands.ts';
import { decide } from '../epic/decide.ts';
import { evolve } from '../epic/evolve.ts';
import type { Part } from '../epic/hold.ts';
import { gatehouse } from '../epic/person.ts';
import { openPulls } from '../epic/stage.ts';
import type { Epic, OpenedEpic, Pull } from '../epic/state.ts';
import type { Actor } from './cast.ts';

/** What is done every day; neither /override nor /skip nor /waive, which would always be shortest. */
export type DeedType =
  | 'Resume'
  | 'Unblock'
  | 'Claim'
  | 'Submit'
  | 'Check'
  | 'Resolve'
  | 'Answer'
  | 'Evidence'
  | 'Withdraw'
  | 'Approve'
  | 'Review'
  | 'Merge'
  | 'Release'
  | 'Reject';

/** What somebody could do. */
export interface Deed {
  readonly type: DeedType;
  readonly stage: string;
  /** Null: anybody who may write to the repository. */
  readonly by: Actor | null;
  readonly pull?: number;
  /** The commit that has to be named, the blocker, the criterion's number, the concern or the question. */
  readonly named?: string;
  /** What goes on, where not the whole epic was paused. */
  readonly part?: Part;
}

type Bare<C> = C extends Facts ? Omit<C, keyof Facts> : never;

const factsOf = ({ number, head, base, state, fork, author, contributors }: Pull): PullFacts => ({
  number,
  head,
  base,
  state,
  fork,
  author,
  contributors,
});

const onPull = (type: 'Merge' | 'Review', by: Actor | null, pull: Pull, at: string): Bare<EpicCommand> => {
  if (type === 'Merge') return { type: 'NotePull', pull: { ...factsOf(pull), state: 'merged' } };
  const review = {
    id: 1 + Math.max(0, ...pull.reviews.map((one) => one.id)),
    by: by?.person ?? gatehouse,
    verdict: 'approved' as const,
    commit: pull.head,
    roles: by?.roles ?? [],
    text: '',
    at,
  };
  return { type: 'NoteReview', number: pull.number, review };
};

const wanted = (epic: OpenedEpic, deed: Deed, at: string): Bare<EpicCommand> | undefined => {
  const { type, stage, by, named } = deed;
  const about = { on: { kind: 'stage', stage }, stage } as const;
  // No comment of GitHub's has a number like these.
  const commentId = -1 - epic.stages.reduce((sum, one) => sum + one.approvals.length, 0);
  switch (type) {
    case 'Resume':
      return { type, ...(deed.part === undefined ? {} : { part: deed.part }) };
    case 'Claim':
      return { type, ...about };
    case 'Submit':
      return { type, ...about, note: '' };
    case 'Release':
    case 'Reject':
      return { type, ...about, reason: '…' };
    case 'Unblock':
      return { type, ...about, ...(named === undefined ? {} : { blocker: named }) };
    case 'Check':
      return { type, ...about, words: named ?? '', commentId };
    case 'Resolve':
      return { type, ...about, id: named ?? '', reason: '…' };
    case 'Answer':
      return { type: 'AnswerQuestion', ...about, question: named ?? '', text: '…' };
    case 'Evidence':
      return { type: 'AddEvidence', ...about, question: named ?? '', text: '…' };
    case 'Withdraw':
      return { type: 'WithdrawQuestion', ...about, question: named ?? '' };
    case 'Approve':
      return { type, ...about, note: '', commentId, ...(named === undefined ? {} : { commit: named }) };
    default: {
      const pull = epic.pulls.find((one) => one.number === deed.pull);
      return pull === undefined ? undefined : onPull(type, by, pull, at);
    }
  }
};

/** The epic after a deed, or undefined where the rules refuse it or nothing comes of it. */
export const attempt = (epic: OpenedEpic, deed: Deed, at: string): OpenedEpic | undefined => {
  const bare = wanted(epic, deed, at);
  if (bare === undefined) return undefined;
  const facts: Facts = {
    by: deed.by?.person ?? gatehouse,
    at,
    cause: 'query',
    roles: deed.by?.roles ?? [],
    canWrite: true,
    rules: epic.rules,
    pulls: deed.type === 'Approve' ? openPulls(epic, deed.stage).map(factsOf) : [],
    rolesOf: {},
  };
  const { refusal, events } = decide(epic, { ...bare, ...facts });
  if (refusal !== undefined || events.length === 0) return undefined;
  const after = events.reduce<Epic>(evolve, epic);
  return after.status === 'unopened' ? undefined : after;
};
