/** Whether the App may act for an installation at this moment; the delivery that tells of it may be old (threats T03, F34). */
import { z } from 'zod';
import { GitHubFailure, isGone } from '../failure.ts';
import type { GitHub } from '../octokit.ts';

const seen = z.object({ suspended_at: z.string().nullish() });

/** Whether the App may act there. */
export type InstallationState = 'active' | 'suspended' | 'deleted';

/** Whoever gets a token is installed: the word of a server that keeps no books of its installations. */
const getsToken = async (github: GitHub, id: number): Promise<boolean> => {
  try {
    await github.installation(id).get('GET /installation/repositories', { per_page: 1 });
    return true;
  } catch (failure) {
    if (!(failure instanceof GitHubFailure) || failure.kind !== 'refused') throw failure;
    return !failure.url.endsWith('/access_tokens');
  }
};

/**
 * Asked by the App itself. Where GitHub knows no such installation it is `deleted`, unless a token for it is still to be
 * had: then it is as we were `told`. Throws GitHubFailure.
 */
export const installationNow = async (
  github: GitHub,
  id: number,
  told: InstallationState = 'active',
): Promise<InstallationState> => {
  try {
    const { data } = await github.app.get('GET /app/installations/{installation_id}', {
      installation_id: id,
    });
    return (seen.parse(data).suspended_at ?? null) === null ? 'active' : 'suspended';
  } catch (failure) {
    if (!isGone(failure)) throw failure;
    return told !== 'deleted' && (await getsToken(github, id)) ? told : 'deleted';
  }
};
