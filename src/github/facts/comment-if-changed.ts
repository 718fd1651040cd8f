/** Whether a comment is still what it was: a read that costs nothing while nobody has touched it. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

const shape = z.object({ created_at: z.string(), updated_at: z.string() });

/** What has become of a comment since somebody looked. */
export type CommentFate =
  | { readonly now: 'unchanged' | 'edited' | 'deleted' }
  | { readonly now: 'as-created'; readonly etag: string | null };

const ask = async (
  client: Client,
  repository: RepositoryRef,
  commentId: number,
  etag: string | null,
): Promise<CommentFate> => {
  const answer = await client.getIfChanged(
    'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
    { owner: repository.owner, repo: repository.name, comment_id: commentId },
    etag,
  );
  if (!answer.changed) return { now: 'unchanged' };
  const { created_at, updated_at } = shape.parse(answer.data);
  return created_at === updated_at ? { now: 'as-created', etag: answer.etag } : { now: 'edited' };
};

/** `unchanged` since the etag. One wrong 404 takes nothing from anybody: it is asked twice. Throws GitHubFailure. */
export const commentIfChanged = async (
  client: Client,
  repository: RepositoryRef,
  commentId: number,
  etag: string | null,
): Promise<CommentFate> => {
  for (const tried of [etag, null]) {
    try {
      return await ask(client, repository, commentId, tried);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  }
  return { now: 'deleted' };
};
