/** Approvals and ticks whose comment was edited or deleted unheard: the comment that said so must still say it (contract §4, threats T40). */
import { gatehouse } from '../../core/epic/person.ts';
import { isFinal } from '../../core/epic/stage.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { commentIfChanged } from '../../github/facts/comment-if-changed.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { factsWithin } from '../ask.ts';
import type { Level } from './level.ts';
import { type Found, type Sight, sightOf } from './sight.ts';

const commentsOf = (epic: OpenedEpic): ReadonlySet<number> =>
  new Set(
    epic.stages
      .filter((stage) => !isFinal(stage))
      .flatMap((stage) => [...stage.approvals, ...(stage.ticks ?? [])].map((one) => one.commentId)),
  );

const look = async (
  { desk, site, engine, epicId, epic, full }: Level,
  commentId: number,
): Promise<readonly Found[]> => {
  const at = { lane: desk.hold.lane, url: `comment/${commentId}`, against: 'as-created' };
  const etag = full ? null : await readEtag(desk.hold, at);
  const fate = await commentIfChanged(site.client, site.ref, commentId, etag);
  if (fate.now === 'unchanged') return [];
  if (fate.now === 'as-created') {
    const fresh = fate.etag;
    if (fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
    return [];
  }
  const how = fate.now;
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `reconcile/comment/${commentId}`);
  const decision = await desk.handle(epicId, { ...facts, type: 'RevokeApproval', commentId, how });
  if (decision === 'handled' || decision.events.length === 0) return [];
  const what = `what a comment said taken back: it was ${how}`;
  return [{ object: `comment:${commentId}`, what, why: 'GitHub had not delivered it' }];
};

/** One conditional request for each comment that somebody's word at a gate rests on. */
export const levelApprovals = async (one: Level): Promise<Sight> => {
  const found: Found[] = [];
  for (const commentId of commentsOf(one.epic)) found.push(...(await look(one, commentId)));
  return sightOf({ found });
};
