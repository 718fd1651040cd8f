/** Somebody pressed "re-run": judged again, nothing else (threats T67). */
import type { News } from '../../github/incoming/news.ts';
import { forgetCheck } from '../../ledger/check-runs.ts';
import { openPullRequests } from '../../ledger/pull-requests.ts';
import { wishChecks } from '../wish-checks.ts';
import { groupWish } from '../wish-paint.ts';
import type { Fate, Reading } from './reading.ts';

type Asked = Extract<News, { kind: 'check-asked' }>;

/** Makes every check on that head be written again: pull requests' and merge groups' alike. */
export const onCheckAsked = async (reading: Reading, news: Asked): Promise<Fate> => {
  const { desk, site } = reading;
  const pulls = await openPullRequests(desk.hold, site.known.id, news.headSha);
  desk.also((tx) => forgetCheck(tx, site.known.id, news.headSha));
  wishChecks(desk, pulls);
  desk.promise(groupWish(site.known.id, news.headSha));
  return 'done';
};
