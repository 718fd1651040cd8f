/** Who put a label on an issue, and when: what the label alone does not say, and what decides whether it counts (threats T50). */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** `raw` is GitHub's object of the person. */
export interface LabelPut {
  readonly eventId: number;
  readonly by: unknown;
  readonly at: string;
}

const list = z.array(
  z.object({
    id: z.number(),
    event: z.string(),
    actor: z.unknown(),
    created_at: z.string(),
    label: z.object({ name: z.string() }).nullish(),
  }),
);

/** The last time it was put on; undefined where GitHub does not know of any. Throws GitHubFailure. */
export const labelPut = async (
  client: Client,
  repository: RepositoryRef,
  { number, label }: { readonly number: number; readonly label: string },
): Promise<LabelPut | undefined> => {
  let last: LabelPut | undefined;
  const params = { owner: repository.owner, repo: repository.name, issue_number: number };
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/issues/{issue_number}/events', params))
    for (const one of list.parse(page))
      if (one.event === 'labeled' && one.label?.name.toLowerCase() === label.toLowerCase())
        last = { eventId: one.id, by: one.actor, at: one.created_at };
  return last;
};
