/** Asks one person to review a pull request, in GitHub's own way. Where it may not be asked for, nothing is missing: they are told in words as well. */
import { priority } from '../governor.ts';
import type { Form } from './form.ts';
import type { Result } from './write.ts';

const done: Result = { kind: 'request-review', skipped: false };
const skipped: Result = { kind: 'request-review', skipped: true };

/** 422: its author, or nobody who could review here; 403 and 404: the App may not write pull requests. */
const hopeless = new Set([403, 404, 422]);

export const requestReview: Form<'request-review'> = {
  kind: 'request-review',
  priority: priority.rest,
  creates: () => false,
  rest: ({ repository, number, login }) => ({
    route: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
    params: { owner: repository.owner, repo: repository.name, pull_number: number, reviewers: [login] },
    read: () => done,
  }),
  graphql: () => null,
  alreadyDone: (_write, { kind, status }) => (kind === 'refused' && hopeless.has(status) ? skipped : null),
};
