/** Check runs nobody needed: what GitHub keeps of a verdict that was given is for ever, so only another verdict takes another run. */
import type { CheckRun } from './github/state.ts';

/** Those made on a head while the run before could still be changed, or said the same. */
export const needlessRuns = (runs: readonly CheckRun[]): readonly CheckRun[] =>
  runs.filter((run) => {
    const before = runs.findLast(
      (one) => one.name === run.name && one.headSha === run.headSha && one.id < run.id,
    );
    return before !== undefined && (before.status !== 'completed' || before.conclusion === run.conclusion);
  });
