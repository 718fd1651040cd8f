/** `installation_repositories.added` and `.removed`: repositories we may look at from now on, and those we may not. */
import { z } from 'zod';
import type { Reader } from './reader.ts';

const mentioned = z
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

const added = z.object({ repositories_added: z.array(mentioned) });
const removed = z.object({ repositories_removed: z.array(mentioned) });

export const installationRepositories: Reader = {
  event: 'installation_repositories',
  actions: ['added', 'removed'],
  read: (body, action) =>
    action === 'added'
      ? { kind: 'repositories-added', repositories: added.parse(body).repositories_added }
      : { kind: 'repositories-removed', repositories: removed.parse(body).repositories_removed },
};
