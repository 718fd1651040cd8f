/** Another app that answers each of our edits with one of its own would have us edit without end (threats F38, F40). */
import { repairsSince } from '../ledger/repairs.ts';
import type { Reading } from './news/reading.ts';

const most = 5;
const minutes = 10;

/** What was changed, and by whom. */
export interface Contested {
  readonly epicId: string;
  readonly object: string;
  readonly number: number;
  readonly by: { readonly login: string };
}

/** True where it was put right so often lately that the next comparison with GitHub is soon enough. */
export const isFought = async (
  { desk, engine }: Reading,
  { epicId, object, number, by }: Contested,
): Promise<boolean> => {
  if ((await repairsSince(desk.hold, { epicId, object, minutes })) < most) return false;
  const fields = { epic: epicId, object, issue: number, by: by.login };
  engine.log.warn(fields, 'changed again and again; it is put right by the next comparison with GitHub');
  return true;
};
