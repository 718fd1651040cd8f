/** A check has ended: epics in which an approval waits for it look at it again. */
import { checksAwaited } from '../../core/epic/condition.ts';
import type { News } from '../../github/incoming/news.ts';
import { openPullRequests } from '../../ledger/pull-requests.ts';
import { refreshWish } from '../wish-refresh.ts';
import type { Fate, Reading } from './reading.ts';

type Ended = Extract<News, { kind: 'check-ended' }>;

/** How it ended is asked of GitHub when the epic is decided; most checks nobody waits for, and they cost no request. */
export const onCheckEnded = async (reading: Reading, news: Ended): Promise<Fate> => {
  const { desk, site } = reading;
  const pulls = await openPullRequests(desk.hold, site.known.id, news.headSha);
  const ids = [...new Set(pulls.flatMap(({ epicId }) => (epicId === null ? [] : [epicId])))];
  let waited = false;
  for (const id of ids) {
    const epic = await desk.epic(id);
    if (epic.status === 'unopened' || !checksAwaited(epic).includes(news.name)) continue;
    desk.promise(refreshWish(id, 'refresh'));
    waited = true;
  }
  return waited ? 'done' : 'ignored';
};
