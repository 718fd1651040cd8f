/** The rounds of a stage as lists and pages show them; nothing for a stage that nobody went back to. */
import { pastRounds, roundOf } from '../core/epic/round-of.ts';
import type { OpenedEpic, PastRound, Stage } from '../core/epic/state.ts';
import { approvalsOf } from '../core/render/approvals-of.ts';

/** One round that is over. */
export interface PastSummary {
  readonly round: number;
  readonly outcome: PastRound['outcome'];
  readonly issue: number | null;
  readonly claimant: string | null;
  readonly approvedBy: readonly string[];
  readonly pulls: readonly number[];
  readonly openedAt: string;
  readonly endedAt: string;
  /** Why the next one was opened, by whom, and where the going back began. */
  readonly reason: string;
  readonly by: string;
  readonly root: string;
}

const pastSummary = (past: PastRound): PastSummary => {
  const { round, outcome, openedAt, endedAt, ended } = past;
  return {
    round,
    outcome,
    issue: past.issue?.number ?? null,
    claimant: past.claimant?.login ?? null,
    approvedBy: [...new Set(approvalsOf(past).map(({ by }) => by.login))],
    pulls: past.pulls.map(({ number }) => number),
    openedAt,
    endedAt,
    reason: ended.text,
    by: ended.by.login,
    root: ended.root,
  };
};

/** `round` and `past`; rows written before there were rounds stay what they are. */
export const roundSummary = (
  stage: Stage,
): { readonly round?: number; readonly past?: readonly PastSummary[] } => {
  const past = pastRounds(stage);
  return past.length === 0 ? {} : { round: roundOf(stage), past: past.map(pastSummary) };
};

/** `reworks`: how many rounds of an epic were opened because somebody went back. */
export const countReworks = (epic: OpenedEpic): { readonly reworks?: number } => {
  const reworks = epic.stages.reduce((sum, stage) => sum + pastRounds(stage).length, 0);
  return reworks === 0 ? {} : { reworks };
};
