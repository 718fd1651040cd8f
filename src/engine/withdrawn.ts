/** Commands whose comment was edited or deleted before it was heard: GitHub promises no order between deliveries (threats T40). */
import { isHandled, recordCause } from '../ledger/causes.ts';
import { unheard } from '../ledger/heard.ts';
import type { Desk } from './desk.ts';
import { epicLane } from './engine.ts';

/** What became of a comment. */
export interface Withdrawal {
  readonly commentId: number;
  readonly how: 'edited' | 'deleted';
}

/** What is recorded with this batch only: the comment may be behind its own end in it. */
const ofBatch = new WeakMap<Desk, Map<number, Withdrawal['how']>>();

const causeOf = (commentId: number): string => `withdrawn/${commentId}`;
const causeOfDeleted = (commentId: number): string => `${causeOf(commentId)}/deleted`;

/** Remembers it for when the comment is heard after all; nothing for one that was answered already. */
export const withdraw = async (desk: Desk, epicId: string, withdrawal: Withdrawal): Promise<void> => {
  const lane = epicLane(epicId);
  const { commentId } = withdrawal;
  if ((await unheard(desk.hold, [{ lane, commentId }])).size === 0) return;
  ofBatch.set(desk, (ofBatch.get(desk) ?? new Map()).set(commentId, withdrawal.how));
  desk.also(async (tx) => {
    await recordCause(tx, lane, causeOf(commentId));
    if (withdrawal.how === 'deleted') await recordCause(tx, lane, causeOfDeleted(commentId));
  });
};

/** Whether a comment that is only heard now is there no more, or says something else. */
export const isWithdrawn = async (
  desk: Desk,
  epicId: string,
  commentId: number,
): Promise<Withdrawal['how'] | undefined> => {
  const lane = epicLane(epicId);
  const now = ofBatch.get(desk)?.get(commentId);
  if (now !== undefined) return now;
  if (!(await isHandled(desk.hold, lane, causeOf(commentId)))) return undefined;
  return (await isHandled(desk.hold, lane, causeOfDeleted(commentId))) ? 'deleted' : 'edited';
};
