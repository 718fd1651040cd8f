/** Somebody commented: slash commands are read, facts asked, and each command decided in its order (contract §4). */

import { readComment } from '../../core/slash/read-comment.ts';
import type { News } from '../../github/incoming/news.ts';
import { answerStray } from '../answer-stray.ts';
import { answerTyped } from '../answer-typed.ts';
import { type Heard, replyOnce } from '../one-reply.ts';
import { findSpeech, type Speech } from '../speech.ts';
import type { Fate, Reading } from './reading.ts';

type Commented = Extract<News, { kind: 'commented' }>;

/** Decides every command of a comment. Comments without any, and those on things that are not ours, mean nothing; on a pull request without a stage that is said. */
export const onCommented = async (reading: Reading, news: Commented): Promise<Fate> => {
  const typed = readComment(news.comment.body);
  if (typed.length === 0) return 'ignored';
  const speech: Speech | 'moved' | undefined = await findSpeech(reading, news, typed);
  if (speech === undefined) return (await answerStray(reading, news, typed)) ? 'done' : 'ignored';
  if (speech === 'moved') return 'moved';
  const answering: Heard = { ...speech, answers: [] };
  let heard = false;
  for (const [index, one] of typed.entries())
    heard = (await answerTyped(reading, answering, one, index)) || heard;
  replyOnce(reading, answering);
  return heard ? 'done' : 'ignored';
};
