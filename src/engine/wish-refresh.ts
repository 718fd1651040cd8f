/** Wishing that epics and repositories are compared with GitHub. */

import type { KeepInStep } from '../ledger/outbox.ts';
import type { LiveEpic } from '../ledger/read-models/live-epics.ts';
import type { Desk } from './desk.ts';
import { epicLane } from './engine.ts';

/**
 * The promise that makes an epic compare itself with GitHub: `refresh` its rules, roles and pull requests; `reconcile`
 * everything; `level` everything, as cheaply as it can be done.
 */
export const refreshWish = (epicId: string, kind: 'refresh' | 'reconcile' | 'level'): KeepInStep => ({
  once: false,
  lane: epicLane(epicId),
  key: kind,
  kind,
  epicId,
  priority: 8,
});

/** The promise that makes a repository be looked over for what GitHub never delivered; `full` asks everything anew. */
export const surveyWish = (repositoryId: number, depth: 'full' | 'level'): KeepInStep => ({
  once: false,
  lane: `repository:${repositoryId}`,
  key: depth === 'full' ? 'full-survey' : 'survey',
  kind: depth === 'full' ? 'full-survey' : 'survey',
  priority: 9,
});

/** Wishes it for several epics, on one desk. */
export const wishRefresh = (desk: Desk, epics: readonly LiveEpic[]): void => {
  desk.promise(...epics.map((epic) => refreshWish(epic.id, 'refresh')));
};
