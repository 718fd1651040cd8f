/** All that a person can see of a repository, without ids and moments: two stories that ended alike have equal pictures. */
import { labelsOf } from './github/find.ts';
import type { StandIn } from './github/stand-in.ts';
import type { Issue, Repository } from './github/state.ts';

const hidden = /\s*<!-- gatehouse[\s\S]*?-->\s*/g;

/** Moments, commits and the numbers of objects differ from run to run; what they stand for does not. */
const plainly = (shop: Repository, text: string | null): string =>
  (text ?? '')
    .replaceAll(hidden, '')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?: UTC|Z)?/g, '<moment>')
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, '<commit>')
    .replaceAll(/#(\d+)/g, (_, number) => `<${shop.issues.get(Number(number))?.title ?? number}>`)
    .replaceAll(/issues\/\d+/g, 'issues/<n>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<host>');

/** One issue or pull request as people see it. */
export interface PictureOfIssue {
  readonly title: string;
  readonly state: readonly (string | null)[];
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: number;
  readonly parent: string | null;
  readonly children: readonly (string | null)[];
  readonly blockedBy: readonly (string | null)[];
  readonly comments: readonly string[];
  readonly reactions: readonly string[];
  /** What the newest `gatehouse` check run on its head says; undefined without one. */
  readonly check: string | null | undefined;
}

/** Every issue and pull request of a repository, by title. */
export const picture = ({ state }: StandIn, shop: Repository): readonly PictureOfIssue[] => {
  const titleOf = (id: number | null): string | null =>
    id === null ? null : (state.issues.get(id)?.title ?? null);
  const check = (issue: Issue): string | null | undefined =>
    issue.pull === null
      ? null
      : [...state.checkRuns.values()]
          .filter((run) => run.name === 'gatehouse' && run.headSha === issue.pull?.headSha)
          .at(-1)?.conclusion;
  return [...shop.issues.values()]
    .map((issue) => ({
      title: issue.title,
      state: [issue.state, issue.stateReason],
      body: plainly(shop, issue.body),
      labels: labelsOf(shop, issue)
        .map((label) => label.name)
        .sort(),
      assignees: issue.assignees.length,
      parent: titleOf(issue.parentId),
      children: issue.subIssues.map(titleOf).sort(),
      blockedBy: issue.blockedBy.map(titleOf).sort(),
      comments: issue.comments.map((one) => plainly(shop, one.body)).sort(),
      reactions: issue.comments.flatMap((one) => one.reactions.map((reaction) => reaction.content)).sort(),
      check: check(issue),
    }))
    .sort((one, other) => one.title.localeCompare(other.title));
};
