/** Tying a pull request to a stage: with its head, its people and the reviews it already has. */
import type { Person } from '../core/epic/person.ts';
import type { Pull } from '../core/epic/state.ts';
import type { EpicId } from '../core/epic/subject.ts';
import type { StageKey } from '../core/workflow/definition.ts';
import { contributorsOf } from '../github/facts/contributors.ts';
import { factsOf, pullNow } from '../github/facts/pull-request-now.ts';
import { reviewsNow } from '../github/facts/reviews-now.ts';
import { savePullRequest } from '../ledger/pull-requests.ts';
import type { Outcome } from './fulfil.ts';
import { handleAsked } from './handle-asked.ts';
import { askerFor, factsFrom, momentOf, type Reading } from './news/reading.ts';
import { noteReview } from './note-review.ts';
import { pullRow } from './pull-row.ts';
import { type RepositoryRules, rulesOf } from './repository-rules.ts';

/** Which pull request goes to which stage. */
export interface Tie {
  readonly epicId: EpicId;
  readonly stage: StageKey;
  readonly number: number;
}

/** Who says so, and with what right. */
export interface Tying {
  readonly via: Pull['via'];
  readonly by: Person;
  readonly canWrite: boolean;
  readonly cause: string;
  readonly rules: RepositoryRules;
}

/** Decides the link on what GitHub says the pull request is now. Reviews given before the link are read then. */
export const linkPull = async (reading: Reading, tie: Tie, how: Tying): Promise<Outcome> => {
  const { desk, site, delivery } = reading;
  const now = await pullNow(site.client, site.ref, tie.number);
  if (now === null) return undefined;
  const pull = factsOf(now, await contributorsOf(site.client, site.ref, now));
  desk.also(async (tx) => {
    await savePullRequest(tx, pullRow(site.known.id, now, delivery.seq));
  });
  const facts = { ...factsFrom(reading, how.by, how.cause), rules: rulesOf(how.rules.configuration) };
  const command = {
    ...facts,
    type: 'Link' as const,
    stage: tie.stage,
    via: how.via,
    pull,
    canWrite: how.canWrite,
  };
  const asking = { desk, epicId: tie.epicId, asker: async () => askerFor(reading, how.rules) };
  const decision = await handleAsked(asking, command, how.via === 'command' ? 'once' : undefined);
  if (decision === 'handled') return decision;
  if (decision.refusal !== undefined || decision.events.length === 0) return decision.refusal;
  const { epicId, number } = tie;
  const asker = askerFor(reading, how.rules);
  const finding = { desk, asker, epicId, number, at: momentOf(delivery), source: delivery.guid };
  for (const review of await reviewsNow(site.client, site.ref, number)) await noteReview(finding, review);
  return undefined;
};
