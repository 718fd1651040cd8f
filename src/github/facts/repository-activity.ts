/** What happened to a repository's issues and pull requests since we last looked: one conditional request when nothing did. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { IssueSeen } from '../incoming/news.ts';
import { issueSeen } from '../incoming/seen.ts';
import type { Client } from '../octokit.ts';

/** An issue, or a pull request seen as one; `raw` is GitHub's own object. */
export interface Touched {
  readonly issue: IssueSeen;
  readonly raw: unknown;
}

/** `whole`: everything since then is there. */
export type Activity =
  | { readonly changed: false }
  | {
      readonly changed: true;
      readonly touched: readonly Touched[];
      readonly whole: boolean;
      readonly etag: string | null;
    };

const perPage = 100;
const mostPages = 10;
const route = 'GET /repos/{owner}/{repo}/issues';

const touchedIn = (data: unknown): readonly Touched[] =>
  z
    .array(z.unknown())
    .parse(data)
    .map((raw) => ({ issue: issueSeen.parse(raw), raw }));

/** Touched at or after `since` (ISO 8601), the latest first; without it the latest hundred. Throws GitHubFailure. */
export const repositoryActivity = async (
  client: Client,
  repository: RepositoryRef,
  { since, etag }: { readonly since: string | undefined; readonly etag: string | null },
): Promise<Activity> => {
  const params = {
    owner: repository.owner,
    repo: repository.name,
    state: 'all',
    sort: 'updated',
    direction: 'desc',
    per_page: perPage,
  };
  const first = await client.getIfChanged(route, params, etag);
  if (!first.changed) return { changed: false };
  const touched = [...touchedIn(first.data)];
  let last = touched.length < perPage;
  for (let page = 2; !last && since !== undefined && page <= mostPages; page += 1) {
    const oldest = touched.at(-1)?.issue.updatedAt ?? '';
    if (oldest < since) break;
    const more = touchedIn((await client.get(route, { ...params, page })).data);
    touched.push(...more);
    last = more.length < perPage;
  }
  const oldest = touched.at(-1)?.issue.updatedAt ?? '';
  const whole = last || (since !== undefined && oldest < since);
  return {
    changed: true,
    touched: touched.filter(({ issue }) => since === undefined || issue.updatedAt >= since),
    whole,
    etag: first.etag,
  };
};
