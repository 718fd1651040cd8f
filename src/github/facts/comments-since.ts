/** Comments on a repository's issues and pull requests, read where webhooks may have been lost. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { unlessGone } from '../failure.ts';
import type { Actor } from '../incoming/news.ts';
import { actor } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** A comment as it stands now; `raw` is GitHub's own object. */
export interface CommentListed {
  readonly id: number;
  readonly number: number;
  readonly body: string;
  readonly by: Actor;
  readonly byUs: boolean;
  readonly createdAt: string;
  /** It may not be what was created: nobody can say what that was (threats T40). */
  readonly edited: boolean;
  readonly raw: unknown;
}

const shape = z.object({
  id: z.number(),
  issue_url: z.string(),
  body: z.string().nullish(),
  user: actor,
  created_at: z.string(),
  updated_at: z.string(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});

const listed = (appId: number, raw: unknown): CommentListed => {
  const one = shape.parse(raw);
  return {
    id: one.id,
    number: Number(/\/(\d+)$/.exec(one.issue_url)?.[1]),
    body: one.body ?? '',
    by: one.user,
    byUs: one.performed_via_github_app?.id === appId,
    createdAt: one.created_at,
    edited: one.updated_at !== one.created_at,
    raw,
  };
};

/** Made or changed at or after `since` (ISO 8601), as GitHub orders them. Throws GitHubFailure. */
export const commentsSince = async (
  client: Client,
  repository: RepositoryRef,
  since: string,
): Promise<readonly CommentListed[]> => {
  const found: CommentListed[] = [];
  const params = {
    owner: repository.owner,
    repo: repository.name,
    since,
    sort: 'created',
    direction: 'asc',
  };
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/issues/comments', params))
    for (const raw of z.array(z.unknown()).parse(page)) found.push(listed(client.appId, raw));
  return found;
};

/** GitHub's object of an issue, as webhooks carry it; undefined where it is gone. Throws GitHubFailure. */
export const rawIssue = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<unknown> => {
  const params = { owner: repository.owner, repo: repository.name, issue_number: number };
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  return (await unlessGone(client.get(route, params), undefined))?.data;
};
