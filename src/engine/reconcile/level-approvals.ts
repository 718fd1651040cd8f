/** Approvals and ticks whose comment was edited or deleted unheard: the comment that said so must still say it (contract §4, threats T40). */
import { gatehouse } from '../../core/epic/person.ts';
import { isFinal } from '../../core/epic/stage.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { findCommand } from '../../core/slash/index.ts';
import { readComment } from '../../core/slash/read-comment.ts';
import { commentIfChanged } from '../../github/facts/comment-if-changed.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { factsWithin } from '../ask.ts';
import type { Level } from './level.ts';
import { type Found, type Sight, sightOf } from './sight.ts';

/** A comment that a gate rests on, and the command in it. */
interface Word {
  readonly commentId: number;
  readonly command: 'approve' | 'check';
  readonly at: string;
}

/** GitHub's own memory of a delivery, and a day. */
const longestUnheard = 4 * 24 * 3_600_000;

const wordsIn = (epic: OpenedEpic): readonly Word[] => {
  const words = epic.stages
    .filter((stage) => !isFinal(stage))
    .flatMap((stage) => [
      ...stage.approvals.map(({ commentId, at }): Word => ({ commentId, at, command: 'approve' })),
      ...(stage.ticks ?? []).map(({ commentId, at }): Word => ({ commentId, at, command: 'check' })),
    ]);
  return [...new Map(words.map((word) => [`${word.command} ${word.commentId}`, word])).values()];
};

/** GitHub touches comments for reasons of its own: only what they say counts. */
const stillSays = (body: string, { command }: Word): boolean =>
  readComment(body).some(({ name }) => findCommand(name)?.name === command);

const look = async (
  { desk, site, engine, epicId, epic, full }: Level,
  word: Word,
): Promise<readonly Found[]> => {
  const { commentId } = word;
  const at = { lane: desk.hold.lane, url: `comment/${commentId}`, against: word.command };
  const etag = full ? null : await readEtag(desk.hold, at);
  const before = new Date(Date.parse(word.at) - longestUnheard).toISOString();
  const fate = await commentIfChanged(site.client, site.ref, { id: commentId, before }, etag);
  if (fate.now === 'unchanged') return [];
  if (fate.now === 'there' && stillSays(fate.body, word)) {
    const fresh = fate.etag;
    if (fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
    return [];
  }
  const how = fate.now === 'there' ? 'edited' : 'deleted';
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `reconcile/comment/${commentId}`);
  const decision = await desk.handle(epicId, { ...facts, type: 'RevokeApproval', commentId, how });
  if (decision === 'handled' || decision.events.length === 0) return [];
  const what = `what a comment said taken back: it was ${how}`;
  return [{ object: `comment:${commentId}`, what, why: 'GitHub had not delivered it' }];
};

/** One conditional request for each comment that somebody's word at a gate rests on. */
export const levelApprovals = async (one: Level): Promise<Sight> => {
  const found: Found[] = [];
  for (const word of wordsIn(one.epic)) found.push(...(await look(one, word)));
  return sightOf({ found });
};
