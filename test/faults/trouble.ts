/** The faults of a schedule at work: counts what could be hit in each act, and says what is hit. */
import type { Boundary } from '../../src/engine/boundary.ts';
import type { Asked, Fate } from '../world/github/faults.ts';
import { canary } from './manners.ts';
import type { CommitFate } from './replica.ts';
import type { Fault, GithubFate, HookFate, Reach } from './schedule.ts';

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
type AtBoundary = Of<'crash'> | Of<'cut' | 'database' | 'stop'>;

/** See `openTrouble`. */
export interface Trouble {
  readonly enter: (act: number) => void;
  /** Nothing goes wrong any more until the next act. */
  readonly calm: () => void;
  readonly atBoundary: (boundary: Boundary) => readonly AtBoundary[];
  readonly atCommit: () => CommitFate;
  readonly atRequest: (asked: Asked) => Fate | undefined;
  readonly atHook: (hook: { readonly mayVanish: boolean }) => HookFate | undefined;
  /** Faults that hit something. */
  readonly fired: () => ReadonlySet<Fault>;
  /** What could be hit, act by act. */
  readonly reach: () => readonly Reach[];
}

const isMinting = ({ path }: Asked): boolean => path.endsWith('/access_tokens');
const isWrite = ({ method, path, text }: Asked): boolean =>
  method !== 'GET' &&
  (path === '/graphql' ? /"query"\s*:\s*"\s*mutation/.test(text) : !path.startsWith('/app/'));
/** What is said once is given up where GitHub refuses it for good: that is no fault to recover from. */
const saysOnce = ({ method, path, text }: Asked): boolean =>
  /\b(addComment|addReaction)\(/.test(text) || (method === 'POST' && /\/(comments|reactions)$/.test(path));

/** A refusal for good is believed; only where it says nothing untrue about the world can it be recovered from. */
const isBelieved = (asked: Asked, status: number): boolean =>
  status !== 401 && (!isWrite(asked) || isMinting(asked) || saysOnce(asked));

const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** Servers in trouble quote what they were sent. */
const quoting = `upstream failed for authorization: token ${canary}`;

const fateOf = (fate: GithubFate, asked: Asked): Fate => {
  if (fate === 'drop-before' || fate === 'apply-then-drop') return fate;
  if (fate === 'delay') return { delay: 15 };
  if (fate === 'limit-429') return { refuse: 429, message: 'Too many requests', retryAfter: 20 };
  if (fate === 'limit-secondary') return { limit: 'secondary', retryAfter: 30 };
  if (fate === 'limit-bare') return { refuse: 403, message: secondary };
  if (fate === 'limit-primary') return { limit: 'primary', retryAfter: 45 };
  const status = Number(fate.slice('refuse-'.length));
  if (status < 500 && isBelieved(asked, status)) return { refuse: 502, message: quoting };
  return status < 500 ? { refuse: status } : { refuse: status, message: quoting };
};

const countable = () => ({
  boundaries: {} as Partial<Record<Boundary, number>>,
  requests: 0,
  writes: 0,
  hooks: 0,
  commits: 0,
});

/** Nothing is wrong before an act was entered. */
export const openTrouble = (faults: readonly Fault[]): Trouble => {
  const counts: ReturnType<typeof countable>[] = [];
  const fired = new Set<Fault>();
  let act = -1;
  let now = countable();
  let calm = true;

  const due = <K extends Fault['kind']>(kind: K): readonly Of<K>[] =>
    calm ? [] : faults.filter((fault): fault is Of<K> => fault.kind === kind && fault.act === act);
  const hit = <F extends Fault>(fault: F): F => {
    fired.add(fault);
    return fault;
  };

  return {
    enter: (next) => {
      act = next;
      now = countable();
      counts[next] = now;
      calm = false;
    },
    calm: () => {
      calm = true;
    },
    atBoundary: (boundary) => {
      const nth = (now.boundaries[boundary] ?? 0) + 1;
      now.boundaries[boundary] = nth;
      return [...due('crash'), ...due('cut'), ...due('database'), ...due('stop')]
        .filter((fault) => fault.at === boundary && fault.nth === nth)
        .map(hit);
    },
    atCommit: () => {
      now.commits += 1;
      const fault = due('commit').find((one) => one.nth === now.commits);
      return fault === undefined ? undefined : hit(fault).fate;
    },
    atRequest: (asked) => {
      const write = isWrite(asked);
      now.requests += 1;
      if (write) now.writes += 1;
      const fault = due('github').find(({ on, nth, times }) => {
        const at = on === 'any' ? now.requests : now.writes;
        return (on === 'any' || write) && at >= nth && at < nth + times;
      });
      return fault === undefined ? undefined : fateOf(hit(fault).fate, asked);
    },
    atHook: ({ mayVanish }) => {
      now.hooks += 1;
      const fault = due('hook').find((one) => one.nth === now.hooks);
      if (fault === undefined) return undefined;
      const { fate } = hit(fault);
      return fate === 'vanished' && !mayVanish ? 'lost' : fate;
    },
    fired: () => fired,
    reach: () => counts,
  };
};
