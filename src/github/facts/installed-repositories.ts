/** The repositories an installation may see. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** A repository and its default branch. */
export interface RepositoryInstalled {
  readonly ref: RepositoryRef;
  readonly branch: string;
  readonly archived: boolean;
  readonly isPrivate: boolean;
}

const repository = z
  .object({
    id: z.number(),
    node_id: z.string().default(''),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    default_branch: z.string(),
    archived: z.boolean().nullish(),
    private: z.boolean().nullish(),
  })
  .transform(
    ({ id, node_id: nodeId, name, owner, default_branch: branch, ...rest }): RepositoryInstalled => ({
      ref: { id, nodeId, owner: owner.login, name },
      branch,
      archived: rest.archived ?? false,
      isPrivate: rest.private ?? false,
    }),
  );

/** In GitHub's order. Throws GitHubFailure. */
export const installedRepositories = async (client: Client): Promise<readonly RepositoryInstalled[]> => {
  const all: RepositoryInstalled[] = [];
  for await (const page of pages(client, 'GET /installation/repositories', {}))
    all.push(...z.object({ repositories: z.array(repository) }).parse(page).repositories);
  return all;
};
