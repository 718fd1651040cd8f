/** Looks for comments of ours on one issue or pull request (threats §3.3). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { authored, isOurs } from './ours.ts';

export interface FoundComment {
  readonly commentId: number;
  readonly nodeId: string;
  readonly body: string;
  readonly byUs: boolean;
}

const list = z.array(
  authored.extend({ id: z.number(), node_id: z.string().default(''), body: z.string().nullish() }),
);

/** Comments made or changed since then (ISO 8601), oldest first. */
export const findComments = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
  since?: string,
): Promise<readonly FoundComment[]> => {
  const found: FoundComment[] = [];
  const params = {
    owner: repository.owner,
    repo: repository.name,
    issue_number: number,
    ...(since === undefined ? {} : { since }),
  };
  for await (const page of pages(
    client,
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    params,
  )) {
    for (const one of list.parse(page)) {
      const byUs = await isOurs(client, one);
      found.push({ commentId: one.id, nodeId: one.node_id, body: one.body ?? '', byUs });
    }
  }
  return found;
};
