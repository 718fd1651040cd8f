/** What a piece of news is read with: the desk, the place it happened, and the delivery it came in. */

import type { Facts } from '../../core/epic/commands.ts';
import type { Person } from '../../core/epic/person.ts';
import type { Held } from '../../github/facts/held-now.ts';
import type { Delivery } from '../../ledger/unread.ts';
import { type Asker, bareFacts } from '../ask.ts';
import type { Desk } from '../desk.ts';
import type { Engine } from '../engine.ts';
import type { RepositoryRules } from '../repository-rules.ts';
import type { Site } from '../site.ts';

/** What came of a piece of news: `moved` where the delivery belongs to another lane and is read again there. */
export type Fate = 'done' | 'ignored' | 'moved';

export interface Reading {
  readonly engine: Engine;
  readonly desk: Desk;
  readonly delivery: Delivery;
  /** The lane that is held. */
  readonly lane: string;
  readonly site: Site;
  /** Roles asked about in this batch. */
  readonly asked: Map<string, Promise<Held>>;
  /** The default branch's rules now; asked once per batch. */
  readonly rules: () => Promise<RepositoryRules>;
}

/** A moment of a delivery: when it reached us (core reads no clock). */
export const momentOf = (delivery: Delivery): string => delivery.receivedAt.toISOString();

/** Bare facts of a command that this delivery makes. */
export const factsFrom = (reading: Reading, by: Person, cause: string): Facts =>
  bareFacts(by, momentOf(reading.delivery), cause);

/** What asks on behalf of this reading. */
export const askerFor = (reading: Reading, rules: RepositoryRules): Asker => ({
  on: reading.engine.db,
  site: reading.site,
  rules,
  asked: reading.asked,
  at: momentOf(reading.delivery),
});
