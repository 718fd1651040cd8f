/** Merge groups that hold a pull request of an epic are judged again whenever the epic changes (threats T63). */
import type { OpenedEpic } from '../../core/epic/state.ts';
import { openMergeGroups } from '../../ledger/merge-groups.ts';
import { groupWish } from '../wish-paint.ts';
import type { Planning } from './job.ts';

/** Wishes the checks of the repository's open merge groups, where the epic has an open pull request. */
export const planGroupsOf = async ({ desk, site }: Planning, epic: OpenedEpic): Promise<void> => {
  if (!epic.pulls.some((pull) => pull.state === 'open')) return;
  for (const { repositoryId, headSha } of await openMergeGroups(desk.hold, site.known.id))
    desk.promise(groupWish(repositoryId, headSha));
};
