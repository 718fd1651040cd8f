/** The numeric id behind a login of the configuration: the one it had when it was first seen (threats T24). */
import { z } from 'zod';
import type { Client } from '../client.ts';
import { unlessGone } from '../failure.ts';
import type { Pins } from './roles-held.ts';

const numbered = z.object({ id: z.number() });

/** The id, asked of GitHub and pinned the first time; undefined where nobody bears the login. Throws GitHubFailure. */
export const pinnedAccount = async (
  client: Client,
  pins: Pick<Pins, 'user' | 'pinUser'>,
  login: string,
): Promise<number | undefined> => {
  const known = await pins.user(login);
  if (known !== undefined) return known;
  const answer = await unlessGone(client.get('GET /users/{username}', { username: login }), undefined);
  return answer && pins.pinUser(login, numbered.parse(answer.data).id);
};
