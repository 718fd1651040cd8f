/** What a comment says now: a read that costs nothing while nobody has touched it. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { GitHubFailure, isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { commentsSince } from './comments-since.ts';

const shape = z.object({ body: z.string().nullish() });

/** What has become of a comment since somebody looked. */
export type CommentFate =
  | { readonly now: 'unchanged' | 'deleted' }
  | { readonly now: 'there'; readonly body: string; readonly etag: string | null };

/** A comment, and a moment (ISO 8601) before it was written. */
export interface CommentKnown {
  readonly id: number;
  readonly before: string;
}

/** One wrong 404 takes nothing from anybody: the repository's own list must lack it too. */
const isListed = async (
  client: Client,
  repository: RepositoryRef,
  { id, before }: CommentKnown,
): Promise<boolean> => {
  try {
    return (await commentsSince(client, repository, before)).some((one) => one.id === id);
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused') return true;
    throw failure;
  }
};

/** `unchanged` since the etag, also where the server does not let anybody know. Throws GitHubFailure. */
export const commentIfChanged = async (
  client: Client,
  repository: RepositoryRef,
  comment: CommentKnown,
  etag: string | null,
): Promise<CommentFate> => {
  const params = { owner: repository.owner, repo: repository.name, comment_id: comment.id };
  try {
    const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const answer = await client.getIfChanged(route, params, etag);
    if (!answer.changed) return { now: 'unchanged' };
    return { now: 'there', body: shape.parse(answer.data).body ?? '', etag: answer.etag };
  } catch (failure) {
    if (!isGone(failure)) throw failure;
    return { now: (await isListed(client, repository, comment)) ? 'unchanged' : 'deleted' };
  }
};
