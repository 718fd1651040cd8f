/** The repository people mean when they name none. */
import type { Hub } from '../hub.ts';
import type { Repository } from '../state.ts';

/** The first repository that was made. */
export function homeOf(hub: Hub): Repository {
  for (const repo of hub.state.repositories.values()) return repo;
  throw new Error('this GitHub has no repository yet');
}
