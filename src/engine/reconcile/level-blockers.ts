/** GitHub's blocked-by relations of a stage issue: ours that somebody took away are made again; others' are theirs. */
import type { EpicObject } from '../../core/epic/object.ts';
import { blockersOf } from '../../github/facts/blockers.ts';
import type { IssueShown } from '../../github/outgoing/read-issue.ts';
import { forgetPainted } from '../../ledger/painted.ts';
import { linksOf } from '../effects/links.ts';
import type { Level } from './level.ts';
import { type Sight, sightOf } from './sight.ts';

/**
 * Costs a request only where the issue says that it has fewer than it should, or where everything is asked anew: somebody
 * may have put another in the place of ours. Asked after every issue was looked for: who
 * turned out to be gone blocks nobody.
 */
export const levelBlockers = async (one: Level, object: EpicObject, shown: IssueShown): Promise<Sight> => {
  const { desk, site, epicId, painted } = one;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return sightOf();
  const wanted = linksOf(epic, site.ref).flatMap(({ write, object: link }) =>
    write.kind === 'add-blocked-by' && write.issue.id === shown.issue.id && painted.has(link)
      ? [{ link, blocker: write.blocker }]
      : [],
  );
  if (shown.blockers === null || wanted.length === 0) return sightOf();
  if (shown.blockers >= wanted.length && !one.full) return sightOf();
  const blocking = await blockersOf(site.client, site.ref, shown.issue.number);
  const missing = blocking === null ? [] : wanted.filter(({ blocker }) => !blocking.has(blocker.id));
  for (const { link } of missing) desk.also((tx) => forgetPainted(tx, desk.hold.lane, link));
  const why = 'the dependency was taken away';
  const found = missing.map(({ blocker }) => ({ object, what: `blocked by #${blocker.number} again`, why }));
  return sightOf({ found });
};
