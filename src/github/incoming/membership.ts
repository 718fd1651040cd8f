/** `membership.*`, `team.*`, `organization.member_*`, `member.*`: somebody may hold other roles now (threats T26, T32). */
import { z } from 'zod';
import type { Reader } from './reader.ts';
import { actor } from './seen.ts';

const payload = z.object({
  member: actor,
  membership: z.object({ user: actor }).nullish(),
  organization: z.object({ login: z.string() }).nullish(),
  repository: z.object({ owner: z.object({ login: z.string() }) }).nullish(),
});

const reader = (event: string, actions: readonly string[], whole: boolean): Reader => ({
  event,
  actions,
  read: (body) => {
    const { member, membership, organization, repository } = payload.parse(body);
    const login = organization?.login ?? repository?.owner.login;
    if (login === undefined) return undefined;
    return {
      kind: 'member-changed',
      person: whole ? null : (membership?.user ?? member),
      organization: login,
    };
  },
});

export const membership = reader('membership', ['added', 'removed'], false);
export const member = reader('member', ['added', 'removed', 'edited'], false);
export const organizationMember = reader('organization', ['member_added', 'member_removed'], false);
/** A whole team came, went or was renamed: everybody's roles are asked again. */
export const team = reader(
  'team',
  ['created', 'deleted', 'edited', 'added_to_repository', 'removed_from_repository'],
  true,
);
