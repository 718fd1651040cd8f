/** Wishing that epics look at GitHub again: their rules, roles and pull requests; with `deep` their issues too. */

import type { KeepInStep } from '../ledger/outbox.ts';
import type { LiveEpic } from '../ledger/read-models/live-epics.ts';
import type { Desk } from './desk.ts';
import { epicLane } from './engine.ts';

/** The promise that makes an epic compare itself with GitHub. */
export const refreshWish = (epicId: string, kind: 'refresh' | 'reconcile'): KeepInStep => ({
  once: false,
  lane: epicLane(epicId),
  key: kind,
  kind,
  epicId,
  priority: 8,
});

/** Wishes it for several epics, on one desk. */
export const wishRefresh = (desk: Desk, epics: readonly LiveEpic[]): void => {
  desk.promise(...epics.map((epic) => refreshWish(epic.id, 'refresh')));
};
