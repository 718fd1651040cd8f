/** Whether the App may act for an installation at this moment; the delivery that tells of it may be old (threats T03, F34). */
import { z } from 'zod';
import { isGone } from '../failure.ts';
import type { Client } from '../octokit.ts';

const seen = z.object({ suspended_at: z.string().nullish() });

/** Asked by the App itself: `deleted` where GitHub knows no such installation. Throws GitHubFailure. */
export const installationNow = async (
  app: Client,
  id: number,
): Promise<'active' | 'suspended' | 'deleted'> => {
  try {
    const { data } = await app.get('GET /app/installations/{installation_id}', { installation_id: id });
    return (seen.parse(data).suspended_at ?? null) === null ? 'active' : 'suspended';
  } catch (failure) {
    if (isGone(failure)) return 'deleted';
    throw failure;
  }
};
