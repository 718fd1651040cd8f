/** What the App and its installations may do and hear at this moment: asked by the App itself. */
import { z } from 'zod';
import { unlessGone } from '../failure.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** Permissions by name (`issues` → `write`) and the events subscribed to. */
export interface Granted {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** One installation of the App. */
export interface InstallationSeen extends Granted {
  readonly id: number;
  readonly account: string;
  readonly suspended: boolean;
}

const granted = z.object({
  permissions: z.record(z.string(), z.string()).default({}),
  events: z.array(z.string()).default([]),
});

const installation = granted
  .extend({
    id: z.number(),
    account: z.object({ login: z.string().optional(), slug: z.string().optional() }).nullable(),
    suspended_at: z.string().nullish(),
  })
  .transform(({ suspended_at: at, account, ...seen }): InstallationSeen => {
    const name = account?.login ?? account?.slug ?? `installation ${seen.id}`;
    return { ...seen, account: name, suspended: typeof at === 'string' };
  });

/** The App as it is registered, with the name people know it by. Throws GitHubFailure. */
export const appNow = async (app: Client): Promise<Granted & { readonly slug: string }> =>
  granted.extend({ slug: z.string() }).parse((await app.get('GET /app')).data);

/** Every installation of the App. Throws GitHubFailure. */
export const installationsNow = async (app: Client): Promise<readonly InstallationSeen[]> => {
  const all: InstallationSeen[] = [];
  for await (const page of pages(app, 'GET /app/installations', {}))
    all.push(...z.array(installation).parse(page));
  return all;
};

/** The installation that sees a repository; null where the App is not installed there. Throws GitHubFailure. */
export const installationOf = async (
  app: Client,
  repository: { readonly owner: string; readonly name: string },
): Promise<InstallationSeen | null> => {
  const place = { owner: repository.owner, repo: repository.name };
  const answer = await unlessGone(app.get('GET /repos/{owner}/{repo}/installation', place), null);
  return answer && installation.parse(answer.data);
};
