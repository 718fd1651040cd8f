/** `installation_repositories.added`: repositories we may look at from now on. */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const added = z
  .object({
    id: z.int(),
    node_id: z.string().default(''),
    name: z.string(),
    full_name: z.string(),
    private: z.boolean().default(false),
  })
  .transform(({ id, node_id: nodeId, name, full_name: fullName, private: isPrivate }) => ({
    id,
    nodeId,
    name,
    owner: fullName.split('/')[0] ?? '',
    // Not told here; whoever uses it asks GitHub for the repository first.
    defaultBranch: 'main',
    isPrivate,
  }));

const payload = z.object({ repositories_added: z.array(added) });

export const installationRepositories: Reader = {
  event: 'installation_repositories',
  actions: ['added'],
  read: (body) => ({ kind: 'repositories-added', repositories: payload.parse(body).repositories_added }),
};
