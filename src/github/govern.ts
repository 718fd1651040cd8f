/** Hooks an Octokit to its queue: every request waits its turn, has its time, and fails in our own words. */
import type { ProbotOctokit } from 'probot';
import type { Answer } from './client.ts';
import { costOf, isWrite } from './cost.ts';
import { failureFrom, failureIn } from './read-failure.ts';
import type { RequestQueue } from './request-queue.ts';

type Octokit = InstanceType<typeof ProbotOctokit>;

/** Called before a request is written (B8) and after its answer was read (B10); for tests of crashes. */
export type Reach = (boundary: 'B8' | 'B10') => Promise<void> | void;

/** The answer inside of what Octokit throws, if there was one. */
const answerIn = (error: unknown): Answer | null => {
  if (!(error instanceof Error) || !('response' in error)) return null;
  const { response } = error;
  if (typeof response !== 'object' || response === null) return null;
  if (!('status' in response) || !('headers' in response) || !('data' in response)) return null;
  const headers = Object.entries(response.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return { status: Number(response.status), headers: Object.fromEntries(headers), data: response.data };
};

/** From now on `octokit` throws GitHubFailures only. A 304 is an answer, not an error. */
export const govern = (octokit: Octokit, queue: RequestQueue, timeout: number, reach?: Reach): void => {
  octokit.hook.wrap('request', (request, options) => {
    const asked = { write: isWrite(options), url: `${options.method} ${options.url}` };
    return queue.run(costOf(options), async () => {
      try {
        if (reach !== undefined) await reach('B8');
        const signal = AbortSignal.timeout(timeout);
        const answer = await request({ ...options, request: { ...options.request, signal } });
        if (reach !== undefined) await reach('B10');
        queue.heard(answer);
        const failure = failureIn(answer, asked);
        if (failure !== null) throw failure;
        return answer;
      } catch (error) {
        const answer = answerIn(error);
        const limitedUntil = answer === null ? null : queue.heard(answer);
        if (answer?.status === 304) return { ...answer, status: 304, url: options.url };
        throw failureFrom(error, asked, limitedUntil);
      }
    });
  });
};
