/** A round that is over, seen as a stage again: for showing it, never for deciding. */
import type { PastRound, Stage, StageStatus } from '../epic/state.ts';

const statuses: Readonly<Record<PastRound['outcome'], StageStatus>> = {
  done: 'done',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
  rejected: 'cancelled',
  'sent-back': 'cancelled',
};

/** The stage with what the round left; a round that was sent back counts as cancelled. */
export const asItWas = ({ definition }: Stage, past: PastRound): Stage => ({
  ...past,
  definition,
  status: statuses[past.outcome],
  since: past.endedAt,
  gatePassed: false,
  clock: { ran: [] },
  rung: [],
  widened: [],
});
