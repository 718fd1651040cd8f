/** How the App's webhook is set, and what GitHub's log says of the last deliveries. */
import { z } from 'zod';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** The webhook's settings; GitHub shows that there is a secret, never the secret. */
export interface HookSeen {
  readonly url: string | null;
  readonly json: boolean;
  readonly secret: boolean;
  readonly verifiesTls: boolean;
}

/** One attempt of GitHub to tell us something. */
export interface Attempted {
  readonly id: number;
  readonly guid: string;
  readonly at: Date;
  /** The status of our answer; 0 or 5xx where there was none. */
  readonly status: number;
  readonly says: string;
  readonly event: string;
}

const config = z.object({
  url: z.string().nullish(),
  content_type: z.string().nullish(),
  secret: z.string().nullish(),
  insecure_ssl: z.union([z.string(), z.number()]).nullish(),
});

const attempts = z.array(
  z
    .object({
      id: z.number(),
      guid: z.string(),
      delivered_at: z.string(),
      status_code: z.number(),
      status: z.string(),
      event: z.string(),
    })
    .transform(
      ({ id, guid, delivered_at: at, status_code: status, status: says, event }): Attempted => ({
        id,
        guid,
        at: new Date(at),
        status,
        says,
        event,
      }),
    ),
);

/** Throws GitHubFailure. */
export const hookNow = async (app: Client): Promise<HookSeen> => {
  const seen = config.parse((await app.get('GET /app/hook/config')).data);
  return {
    url: seen.url === '' ? null : (seen.url ?? null),
    json: seen.content_type === 'json',
    secret: (seen.secret ?? '') !== '',
    verifiesTls: String(seen.insecure_ssl ?? '0') === '0',
  };
};

/** The newest attempts since a moment, the newest first, `most` at most. Throws GitHubFailure. */
export const recentAttempts = async (
  app: Client,
  since: Date,
  most: number,
): Promise<readonly Attempted[]> => {
  const found: Attempted[] = [];
  for await (const page of pages(app, 'GET /app/hook/deliveries', {})) {
    const listed = attempts.parse(page);
    const recent = listed.filter((one) => one.at >= since);
    found.push(...recent);
    if (recent.length < listed.length || listed.length === 0 || found.length >= most) break;
  }
  return found.slice(0, most);
};
