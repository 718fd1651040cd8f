/** What a comment's commands are answered with: one reply, however many there are (contract §4, threats T10). */
import { joinedReply } from '../core/render/joined-reply.ts';
import { epicLane } from './engine.ts';
import type { Reading } from './news/reading.ts';
import { say } from './say.ts';
import type { Speech } from './speech.ts';

/** A comment being answered: what is to be said about each of its commands, kept until all are decided. */
export interface Heard extends Speech {
  readonly answers: { readonly cause: string; readonly command: string; readonly text: string }[];
}

/**
 * Promises one comment with all that is to be said, under the name of the first cause that has something to say; nothing
 * where there is nothing. A stranger with twenty commands would otherwise spend twenty of the comments an hour allows.
 */
export const replyOnce = ({ desk, site }: Reading, heard: Heard): void => {
  const [first] = heard.answers;
  if (first === undefined) return;
  const { number, nodeId } = heard.issue;
  const text = joinedReply(heard.answers);
  desk.promise(say(epicLane(heard.epicId), first.cause, { repository: site.ref, number, nodeId, text }));
};
