/** What somebody may do in a repository: from `role_name`, never from `author_association` (threats T30, platform §1.5). */
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** The levels that decide anything here. */
export interface Permission {
  /** May put labels on issues, hence start workflows. */
  readonly triage: boolean;
  /** May push, hence link pull requests. */
  readonly write: boolean;
}

const none: Permission = { triage: false, write: false };
const writers: ReadonlySet<string> = new Set(['write', 'maintain', 'admin']);

const may = z.object({ triage: z.boolean().catch(false), push: z.boolean().catch(false) });
const nothing = { permissions: { triage: false, push: false } };
const levels = z.object({
  role_name: z.string().catch(''),
  permission: z.string().catch(''),
  // A custom role based on triage is `read` by its level: only here GitHub says that it may triage.
  user: z.object({ permissions: may }).catch(nothing),
});

/** Asks GitHub now. An unknown user has none; another failure is thrown. A custom role counts as what it is based on. */
export const permissionOf = async (
  client: Client,
  repository: RepositoryRef,
  person: Person,
): Promise<Permission> => {
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      owner: repository.owner,
      repo: repository.name,
      username: person.login,
    });
    const said = levels.safeParse(data);
    if (!said.success) return none;
    const { role_name: role, permission: level } = said.data;
    const { triage, push } = said.data.user.permissions;
    const write = writers.has(role) || writers.has(level) || push;
    return { write, triage: write || role === 'triage' || triage };
  } catch (failure) {
    if (isGone(failure)) return none;
    throw failure;
  }
};
