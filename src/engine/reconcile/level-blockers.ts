/** GitHub's blocked-by relations of a stage issue: ours that somebody took away are made again; others' are theirs. */
import type { EpicObject } from '../../core/epic/object.ts';
import { blockersOf } from '../../github/facts/blockers.ts';
import type { IssueShown } from '../../github/outgoing/read-issue.ts';
import { forgetPainted } from '../../ledger/painted.ts';
import { linksOf } from '../effects/links.ts';
import type { Level } from './level.ts';
import { type Sight, sightOf } from './sight.ts';

/** A stage's issue where it should be, and the ids of all issues beside it: who is gone blocks nobody. */
interface Stood {
  readonly object: EpicObject;
  readonly shown: IssueShown;
  readonly there: ReadonlySet<number>;
}

/** Costs a request only where the issue says that it has fewer than it should. */
export const levelBlockers = async (one: Level, { object, shown, there }: Stood): Promise<Sight> => {
  const { desk, site, epic, painted } = one;
  const wanted = linksOf(epic, site.ref).flatMap(({ write, object: link }) =>
    write.kind === 'add-blocked-by' &&
    write.issue.id === shown.issue.id &&
    there.has(write.blocker.id) &&
    painted.has(link)
      ? [{ link, blocker: write.blocker }]
      : [],
  );
  if (shown.blockers === null || shown.blockers >= wanted.length) return sightOf();
  const blocking = await blockersOf(site.client, site.ref, shown.issue.number);
  const missing = blocking === null ? [] : wanted.filter(({ blocker }) => !blocking.has(blocker.id));
  for (const { link } of missing) desk.also((tx) => forgetPainted(tx, desk.hold.lane, link));
  const why = 'the dependency was taken away';
  const found = missing.map(({ blocker }) => ({ object, what: `blocked by #${blocker.number} again`, why }));
  return sightOf({ found });
};
