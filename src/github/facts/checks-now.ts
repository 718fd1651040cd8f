/** How checks of others stand on a commit: asked by name, for approvals that wait for them. */
import { z } from 'zod';
import type { CheckSeen } from '../../core/epic/condition.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { isGone } from '../failure.ts';

const list = z.object({
  check_runs: z.array(z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullable() })),
});

const passed = async (
  client: Client,
  repository: RepositoryRef,
  head: string,
  name: string,
): Promise<boolean> => {
  try {
    const { data } = await client.get('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      owner: repository.owner,
      repo: repository.name,
      ref: head,
      check_name: name,
      filter: 'latest',
      per_page: 100,
    });
    const runs = list.parse(data).check_runs.filter((run) => run.name === name);
    // Neutral and skipped are no success, whatever GitHub makes of them (threats T61).
    return runs.length > 0 && runs.every((run) => run.conclusion === 'success');
  } catch (failure) {
    if (isGone(failure)) return false;
    throw failure;
  }
};

/** Each of the checks on that commit; one nobody has made has not passed. Throws GitHubFailure. */
export const checksNow = (
  client: Client,
  repository: RepositoryRef,
  head: string,
  names: readonly string[],
): Promise<readonly CheckSeen[]> =>
  Promise.all(
    names.map(async (name) => ({ name, head, passed: await passed(client, repository, head, name) })),
  );
