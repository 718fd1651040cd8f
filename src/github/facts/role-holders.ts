/** Who stands behind a name in `roles:` at this moment. */
import { z } from 'zod';
import type { Member } from '../../core/workflow/member.ts';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

/** The name's numeric id, and how many people it stands for. */
export interface Holder {
  readonly id: number;
  readonly people: number;
}

const numbered = z.object({ id: z.number() });

/** Null where nobody bears the name, or we may not see the team. Throws GitHubFailure. */
export const holderNow = async (client: Client, member: Member): Promise<Holder | null> => {
  try {
    if (member.kind === 'user') {
      const { data } = await client.get('GET /users/{username}', { username: member.login });
      return { id: numbered.parse(data).id, people: 1 };
    }
    const at = { org: member.org, team_slug: member.slug };
    const { data } = await client.get('GET /orgs/{org}/teams/{team_slug}', at);
    const people = await client.get('GET /orgs/{org}/teams/{team_slug}/members', { ...at, per_page: 100 });
    return { id: numbered.parse(data).id, people: z.array(z.unknown()).parse(people.data).length };
  } catch (failure) {
    if (isGone(failure)) return null;
    throw failure;
  }
};
