/** Wishing that what people see says what is true: an epic's picture, or the check of a merge group. */
import type { KeepInStep } from '../ledger/outbox.ts';
import { epicLane } from './engine.ts';

/** The promise that paints an epic; many of them are kept by one look. */
export const paintWish = (epicId: string): KeepInStep => ({
  once: false,
  lane: epicLane(epicId),
  key: 'paint',
  kind: 'paint',
  epicId,
  priority: 5,
});

/** The promise that judges a merge group's head, in a lane of its own. */
export const groupWish = (repositoryId: number, headSha: string): KeepInStep => ({
  once: false,
  lane: `group:${repositoryId}:${headSha}`,
  key: 'group',
  kind: 'group',
  priority: 1,
});
