/** All that a person can see of the issues from a number on, without ids and moments: what two runs must agree in. */
import { labelsOf } from '../world/github/find.ts';
import type { StandIn } from '../world/github/stand-in.ts';
import type { Issue, Repository } from '../world/github/state.ts';

const hidden = /\s*<!-- gatehouse[\s\S]*?-->\s*/g;

/** Moments, commits and the numbers of objects differ from run to run; what they stand for does not. */
const plainly = (repository: Repository, text: string | null): string =>
  (text ?? '')
    .replaceAll(hidden, '')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?: UTC|Z)?/g, '<moment>')
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, '<commit>')
    .replaceAll(/#(\d+)(?!\w)/g, (_, number) => `<${repository.issues.get(Number(number))?.title ?? number}>`)
    .replaceAll(/issues\/\d+/g, 'issues/<n>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<host>');

const checkOf = (github: StandIn, issue: Issue): object | null => {
  if (issue.pull === null) return null;
  const runs = [...github.state.checkRuns.values()].filter(
    (run) => run.name === 'gatehouse' && run.headSha === issue.pull?.headSha,
  );
  const last = runs.at(-1);
  return { runs: runs.length, status: last?.status, conclusion: last?.conclusion, title: last?.output.title };
};

/** Issues with a greater number than `above`, sorted by title. */
export const picture = (github: StandIn, repository: Repository, above: number): readonly object[] => {
  const title = (id: number | null): string | null =>
    id === null ? null : (github.state.issues.get(id)?.title ?? null);
  const plain = (text: string | null): string => plainly(repository, text);
  return [...repository.issues.values()]
    .filter((issue) => issue.number > above)
    .map((issue: Issue) => ({
      title: issue.title,
      state: [issue.state, issue.stateReason],
      body: plain(issue.body),
      labels: labelsOf(repository, issue)
        .map((label) => label.name)
        .sort(),
      assignees: issue.assignees.length,
      parent: title(issue.parentId),
      children: issue.subIssues.map(title).sort(),
      blockedBy: issue.blockedBy.map(title).sort(),
      comments: issue.comments.map((one) => plain(one.body)).sort(),
      reactions: issue.comments.flatMap((one) => one.reactions.map((reaction) => reaction.content)).sort(),
      check: checkOf(github, issue),
    }))
    .sort((one, other) => one.title.localeCompare(other.title));
};
