/** Whether we wrote something: by the App's id, else by our bot's name; what a body says of itself proves nothing (platform §1.4). */
import { z } from 'zod';
import type { Client } from '../client.ts';

/** The part of an issue or comment that says who wrote it. */
export const authored = z.object({
  user: z.object({ login: z.string() }).nullish(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});

/** True when our App wrote it. Throws GitHubFailure where our own name is not known yet and cannot be had. */
export const isOurs = async (client: Client, what: z.infer<typeof authored>): Promise<boolean> => {
  const app = what.performed_via_github_app?.id;
  if (app !== undefined) return app === client.appId;
  return what.user?.login === (await client.botLogin());
};
