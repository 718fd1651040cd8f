/** The last of an hour's requests is left to what people wait for: comparing thousands of repositories must not cost anybody their check (threats A3, F22). */
import { GitHubFailure } from '../github/failure.ts';
import type { DuePromise } from '../ledger/due.ts';
import type { Planning } from './effects/job.ts';

/** Kinds nobody waits for. */
const patient: ReadonlySet<string> = new Set(['survey', 'full-survey', 'level', 'reconcile']);

/** Why this promise waits for the next hour; undefined where it need not. */
export const leaveForPeople = (
  { engine, site }: Planning,
  { kind }: DuePromise,
): GitHubFailure | undefined => {
  if (!patient.has(kind)) return undefined;
  const until = engine.github.scarceUntil(site.known.installationId);
  if (until === null) return undefined;
  const message = 'Not asked: what is left of this hour’s requests is kept for people';
  return new GitHubFailure({ kind: 'limited', message, url: '', until });
};
