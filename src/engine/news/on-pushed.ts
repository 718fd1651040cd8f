/** A push to the default branch that touched the configuration, or may have: every open epic sees the new rules (contract §2). */
import type { News } from '../../github/incoming/news.ts';
import { openPullRequests } from '../../ledger/pull-requests.ts';
import { openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import { wishChecks } from '../wish-checks.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Fate, Reading } from './reading.ts';

type Pushed = Extract<News, { kind: 'pushed' }>;

const touchesRules = (path: string): boolean => path.startsWith('.github/gatehouse');

export const onPushed = async (reading: Reading, news: Pushed): Promise<Fate> => {
  const { desk, site } = reading;
  if (news.branch !== site.known.defaultBranch) return 'ignored';
  if (news.whole && !news.paths.some(touchesRules)) return 'ignored';
  // Read now, so that checks of pull requests without a workflow follow `policy.unlinked_pull_requests`.
  await reading.rules();
  // The owner's `.github` repository speaks for all its repositories.
  const where = site.ref.name === '.github' ? { owner: site.ref.owner } : { repositoryId: site.known.id };
  wishRefresh(desk, await openEpicsOf(desk.hold, where));
  const pulls = await openPullRequests(desk.hold, site.known.id);
  wishChecks(
    desk,
    pulls.filter((pull) => pull.epicId === null),
  );
  return 'done';
};
