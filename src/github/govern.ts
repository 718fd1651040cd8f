/** Hooks an Octokit to its queue: every request waits its turn, has its time, and fails in our own words. */
import type { ProbotOctokit } from 'probot';
import type { Answer } from './client.ts';
import { type Cost, costOf, isWrite } from './cost.ts';
import { GitHubFailure } from './failure.ts';
import { failureFrom, failureIn } from './read-failure.ts';
import type { RequestQueue } from './request-queue.ts';

type Octokit = InstanceType<typeof ProbotOctokit>;

/** Called before a request is written (B8) and after its answer was read (B10); for tests of crashes. */
export type Reach = (boundary: 'B8' | 'B10') => Promise<void> | void;

/** What the replicas of one App share of an installation's limits, and whether this one may still write. */
export interface Ration {
  /** Milliseconds until so much content may be made; 0: now, and it is noted as spent. */
  readonly reserve: (installation: number, content: number) => Promise<number>;
  /** GitHub asked this installation to wait. */
  readonly paused: (installation: number, until: number, why: string) => void;
  /** False where others may have taken over what this process held (threats F08). */
  readonly mayWrite: () => boolean;
}

/** How requests are sent: for which installation, with how much time each, and what is asked before. */
export interface Manner {
  readonly installation: number | 'app';
  readonly timeout: number;
  readonly reach?: Reach | undefined;
  readonly ration?: Ration | undefined;
}

const notSent = (why: string, url: string, until: number | null = null, cause?: unknown): GitHubFailure =>
  new GitHubFailure({
    kind: until === null ? 'unavailable' : 'limited',
    message: `Not sent: ${why}`,
    url,
    until,
    cause,
  });

/** Throws, before anything is sent, where this write has to wait or is not ours any more. */
const askLeave = async (manner: Manner, cost: Cost, url: string): Promise<void> => {
  const { installation, ration, reach } = manner;
  const theirs = ration !== undefined && installation !== 'app' && cost.write;
  if (theirs) {
    const wait = await ration.reserve(installation, cost.content).catch((cause: unknown) => {
      throw notSent('the limits could not be asked for', url, null, cause);
    });
    if (wait > 0) throw notSent('the limits shared with other replicas', url, Date.now() + wait);
  }
  if (reach !== undefined) await reach('B8');
  if (theirs && !ration.mayWrite()) throw notSent('this process stood still for too long', url);
};

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
export const govern = (octokit: Octokit, queue: RequestQueue, manner: Manner): void => {
  const { installation, timeout, reach, ration } = manner;
  const heard = (answer: Answer): number | null => {
    const until = queue.heard(answer);
    const now = queue.state();
    if (now.until !== null && installation !== 'app') ration?.paused(installation, now.until, now.why ?? '');
    return until;
  };
  octokit.hook.wrap('request', (request, options) => {
    const asked = { write: isWrite(options), url: `${options.method} ${options.url}` };
    const cost = costOf(options);
    return queue.run(cost, async (unsent) => {
      try {
        await askLeave(manner, cost, asked.url).catch((failure: unknown) => {
          unsent();
          throw failure;
        });
        const signal = AbortSignal.timeout(timeout);
        const answer = await request({ ...options, request: { ...options.request, signal } });
        if (reach !== undefined) await reach('B10');
        heard(answer);
        const failure = failureIn(answer, asked);
        if (failure !== null) throw failure;
        return answer;
      } catch (error) {
        const answer = answerIn(error);
        const limitedUntil = answer === null ? null : heard(answer);
        if (answer?.status === 304) return { ...answer, status: 304, url: options.url };
        throw failureFrom(error, asked, limitedUntil);
      }
    });
  });
};
