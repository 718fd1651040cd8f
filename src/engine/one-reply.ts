/** What a comment's commands are answered with: one reply, however many there are (contract §4, threats T10). */
import { joinedReply } from '../core/render/joined-reply.ts';
import { epicLane } from './engine.ts';
import type { Reading } from './news/reading.ts';
import { say } from './say.ts';
import type { Speech } from './speech.ts';
import { mayBeTold } from './talked-enough.ts';

/** They are still heard: what they may do they may, and 👍 or 😕 says what came of it. */
const enough =
  'That is the last answer in words for now: within an hour from your first command you see 👍 or 😕 only.';

/** A comment being answered: what is to be said about each of its commands, kept until all are decided. */
export interface Heard extends Speech {
  readonly answers: { readonly cause: string; readonly command: string; readonly text: string }[];
}

/**
 * Promises one comment with all that is to be said, under the name of the first cause that has something to say; nothing
 * where there is nothing. A stranger with twenty commands would otherwise spend twenty of the comments an hour allows.
 */
export const replyOnce = ({ desk, site, engine }: Reading, heard: Heard): void => {
  const [first] = heard.answers;
  if (first === undefined) return;
  const { number, nodeId } = heard.issue;
  const { outsider } = heard.comment;
  const told = outsider ? mayBeTold(engine, `${site.known.installationId}/${heard.by.id}`) : 'yes';
  if (told === 'no') return;
  const answer = joinedReply(heard.answers);
  const text = told === 'last' ? `${answer}\n\n${enough}` : answer;
  desk.promise(say(epicLane(heard.epicId), first.cause, { repository: site.ref, number, nodeId, text }));
};
