/** `getBranchStatus`: the linked pull requests: head, base, state, and what the check says of each. */
import { judgePull } from '../epic/pull-request.ts';
import { code } from '../epic/say-who.ts';
import type { Pull } from '../epic/state.ts';
import { neutralCode } from '../render/neutral.ts';
import { table } from '../render/table.ts';
import { type Asked, query } from './query.ts';

/** One pull request as the ledger knows it. */
interface Branch {
  readonly pull: number;
  readonly stage: string;
  readonly link: Pull['link'];
  readonly state: Pull['state'];
  readonly head: string;
  readonly base: string;
  readonly fork: boolean;
  readonly author: string;
  /** Whether the check on GitHub shows this head already. */
  readonly shown: boolean;
  readonly check: string;
}

/** The answer of `getBranchStatus`. */
interface BranchStatus {
  readonly branches: readonly Branch[];
}

const answer = ({ epic, stage }: Asked): BranchStatus => ({
  branches: epic.pulls
    .filter((pull) => stage === undefined || pull.stage === stage)
    .map((pull) => ({
      pull: pull.number,
      stage: pull.stage,
      link: pull.link,
      state: pull.state,
      head: pull.head,
      base: pull.base,
      fork: pull.fork,
      author: pull.author.login,
      shown: pull.shown === pull.head,
      check: judgePull(epic, pull).state,
    })),
});

const lines = ({ branches }: BranchStatus): readonly string[] =>
  branches.length === 0
    ? ['No pull request is linked.']
    : table(
        ['pull request', 'stage', 'state', 'head', 'base', 'by', 'check'],
        branches.map((one) => [
          `#${one.pull}${one.link === 'linked' ? '' : ' (link not confirmed)'}`,
          code(one.stage),
          one.state,
          code(one.head.slice(0, 7)),
          neutralCode(one.base),
          `${code(one.author)}${one.fork ? ' (fork)' : ''}`,
          one.check,
        ]),
      );

/** The record of `getBranchStatus`. */
export const getBranchStatus = query<BranchStatus>({
  name: 'getBranchStatus',
  word: null,
  summary: 'The linked pull requests: head, base, state and check.',
  ofStage: true,
  answer,
  lines,
});
