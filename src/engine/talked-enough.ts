/** How often somebody from outside is answered in words: the comments of an hour are all people's, and anybody may comment (threats T10). */
import type { Engine } from './engine.ts';

/** Replies an hour; reactions go on. */
const mostReplies = 20;
const hour = 3_600_000;
/** Strangers remembered; each costs a few bytes, and the oldest go first. */
const mostPeople = 10_000;

/** Moments of replies by person and installation. Not kept: a restart begins anew, and each replica counts its own. */
const replied = new WeakMap<Engine['log'], Map<string, readonly number[]>>();

const booksOf = ({ log }: Engine): Map<string, readonly number[]> => {
  const books = replied.get(log) ?? new Map<string, readonly number[]>();
  replied.set(log, books);
  return books;
};

/** Counts one more reply to somebody (`who` names them and the installation). `last`: after this one they have heard enough. */
export const mayBeTold = (engine: Engine, who: string): 'yes' | 'last' | 'no' => {
  const books = booksOf(engine);
  const now = engine.now().getTime();
  const recent = (books.get(who) ?? []).filter((at) => at > now - hour);
  if (recent.length >= mostReplies) return 'no';
  const [oldest] = books.keys();
  books.delete(who);
  if (books.size >= mostPeople && oldest !== undefined) books.delete(oldest);
  books.set(who, [...recent, now]);
  return recent.length + 1 < mostReplies ? 'yes' : 'last';
};
