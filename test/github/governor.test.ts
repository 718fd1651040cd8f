/** What a person would lose if requests to GitHub were paced wrongly: a banned App, or somebody else's slowness. */
import { describe, expect, test } from 'vitest';
import { costOf } from '../../src/github/cost.ts';
import { GitHubFailure } from '../../src/github/failure.ts';
import { detectFeatures } from '../../src/github/features.ts';
import { createGovernor, priority } from '../../src/github/governor.ts';
import { limitIn } from '../../src/github/rate-limit.ts';

/** A clock that only a test moves; sleepers wake in order. */
const startClock = () => {
  let now = 1_000_000;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    now: () => now,
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ at: now + ms, wake });
      }),
    settle,
    advance: async (ms: number) => {
      const until = now + ms;
      await settle();
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = until;
    },
  };
};

const stage = (pace: { throttle?: boolean; patience?: number } = {}) => {
  const clock = startClock();
  const governor = createGovernor({ patience: 7_200_000, ...pace, now: clock.now, sleep: clock.sleep });
  const sent: { readonly name: string; readonly at: number }[] = [];
  const start = clock.now();
  const ask = (
    installation: number,
    name: string,
    cost: Partial<ReturnType<typeof costOf>> = {},
    answer = Promise.resolve(),
  ) =>
    governor
      .queueOf(installation)
      .run({ write: true, points: 5, content: 0, priority: 0, ...cost }, async () => {
        sent.push({ name, at: clock.now() - start });
        await answer;
      });
  return { clock, governor, sent, ask };
};

const limited = (headers: Record<string, string>, message = '') => ({
  status: 403,
  headers,
  data: { message },
});
const fine = { status: 200, headers: {}, data: {} };
const read = { write: false, points: 1 };

describe('pace of one installation', () => {
  test('three writes go at once, then one a second: a small epic is quick, a large one is polite', async () => {
    const { clock, sent, ask } = stage();
    for (let n = 0; n < 6; n += 1) void ask(1, `w${n}`);
    await clock.advance(10_000);
    expect(sent.map(({ at }) => at)).toEqual([0, 0, 0, 1000, 2000, 3000]);
  });

  test('writes are never under way together', async () => {
    const { clock, sent, ask } = stage();
    let finish = (): void => {};
    void ask(1, 'slow', {}, new Promise<void>((resolve) => (finish = resolve)));
    void ask(1, 'next');
    await clock.advance(30_000);
    expect(sent.map(({ name }) => name)).toEqual(['slow']);
    finish();
    await clock.advance(1);
    expect(sent.map(({ name }) => name)).toEqual(['slow', 'next']);
  });

  test('at most ten reads are under way, and reads do not wait for writes', async () => {
    const { clock, sent, ask } = stage();
    const never = new Promise<void>(() => {});
    void ask(1, 'write', {}, never);
    for (let n = 0; n < 15; n += 1) void ask(1, `r${n}`, read, never);
    await clock.advance(1000);
    expect(sent).toHaveLength(11);
    expect(sent.at(-1)?.name).toBe('r9');
  });

  test('no more than 80 things are created in a minute and 500 in an hour', async () => {
    const { clock, sent, ask } = stage();
    for (let n = 0; n < 60; n += 1) void ask(1, `twenty ${n}`, { content: 20 });
    await clock.advance(60_000);
    expect(sent).toHaveLength(4);
    await clock.advance(3_500_000);
    expect(sent).toHaveLength(25);
    await clock.advance(60_000);
    expect(sent.length).toBeGreaterThan(25);
    const moments = sent.map(({ at }) => at);
    for (const from of moments) {
      expect(moments.filter((at) => at >= from && at < from + 60_000).length * 20).toBeLessThanOrEqual(80);
      expect(moments.filter((at) => at >= from && at < from + 3_600_000).length * 20).toBeLessThanOrEqual(
        500,
      );
    }
  });

  test('what another replica’s turn kept from being sent uses up nothing, or both would stand still for an hour', async () => {
    const { clock, sent, ask, governor } = stage();
    const cost = { write: true, points: 5, content: 20, priority: 0 };
    for (let n = 0; n < 30; n += 1) {
      void governor.queueOf(1).run(cost, async (unsent) => unsent());
      await clock.advance(1_000);
    }
    for (let n = 0; n < 4; n += 1) void ask(1, `twenty ${n}`, { content: 20 });
    await clock.advance(5_000);
    expect(sent).toHaveLength(4);
  });

  test('while creations wait for their minute, a check run still gets through', async () => {
    const { clock, sent, ask } = stage();
    for (let n = 0; n < 5; n += 1) void ask(1, `twenty ${n}`, { content: 20 });
    await clock.advance(5_000);
    void ask(1, 'check', { priority: priority.check });
    await clock.advance(1_000);
    expect(sent.at(-1)?.name).toBe('check');
    expect(sent).toHaveLength(5);
  });

  test('reads stay below 900 points a minute', async () => {
    const { clock, sent, ask } = stage();
    for (let n = 0; n < 1000; n += 1) void ask(1, `r${n}`, read);
    for (let n = 0; n < 100; n += 1) await clock.advance(100);
    expect(sent).toHaveLength(900);
    await clock.advance(60_000);
    await clock.advance(1000);
    expect(sent).toHaveLength(1000);
  });

  test('checks go before replies, replies before the rest', async () => {
    const { clock, sent, ask } = stage();
    for (const name of ['a', 'b', 'c', 'd']) void ask(1, name);
    void ask(1, 'reply', { priority: priority.reply });
    void ask(1, 'check', { priority: priority.check });
    await clock.advance(10_000);
    const order = sent.map(({ name }) => name);
    expect(order.indexOf('check')).toBeLessThan(order.indexOf('reply'));
    expect(order.indexOf('reply')).toBeLessThan(order.indexOf('d'));
  });

  test('one installation never waits for another', async () => {
    const { clock, sent, ask, governor } = stage();
    for (let n = 0; n < 20; n += 1) void ask(1, 'busy');
    governor.queueOf(2).heard(limited({ 'retry-after': '3600' }));
    void ask(3, 'quick');
    await clock.settle();
    expect(sent.filter(({ name }) => name === 'quick')).toEqual([{ name: 'quick', at: 0 }]);
  });

  test('the throttle off means no pace at all', async () => {
    const { clock, sent, ask } = stage({ throttle: false });
    for (let n = 0; n < 200; n += 1) void ask(1, `w${n}`, { content: 20 });
    await clock.settle();
    expect(sent).toHaveLength(200);
  });
});

describe('when GitHub says not now', () => {
  test.each([true, false])('nothing is sent before retry-after is over (throttle %s)', async (throttle) => {
    const { clock, sent, ask, governor } = stage({ throttle });
    governor.queueOf(1).heard(limited({ 'retry-after': '30' }));
    void ask(1, 'write');
    void ask(1, 'read', read);
    await clock.advance(29_999);
    expect(sent).toHaveLength(0);
    expect(governor.state().get(1)).toMatchObject({ waiting: 2, why: 'retry-after' });
    await clock.advance(1);
    expect(sent).toHaveLength(2);
    expect(governor.state().get(1)).toEqual({ waiting: 0, sending: 0, until: null, why: null });
  });

  test('an hour that is used up is waited out, by GitHub’s clock and not by ours', async () => {
    const { clock, sent, ask, governor } = stage();
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '5100',
      date: new Date(5_000_000).toUTCString(),
    };
    expect(governor.queueOf(1).heard({ status: 200, headers, data: {} })).toBeNull();
    void ask(1, 'next');
    await clock.advance(99_999);
    expect(sent).toHaveLength(0);
    await clock.advance(1);
    expect(sent).toHaveLength(1);
  });

  test('a limit without a time is a minute, then two, then four; a good answer forgives', async () => {
    const { clock, governor } = stage();
    const queue = governor.queueOf(1);
    const secondary = limited({}, 'You have exceeded a secondary rate limit');
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const wait = (queue.heard(secondary) ?? 0) - clock.now();
      waits.push(wait);
      await clock.advance(wait);
    }
    queue.heard(fine);
    waits.push((queue.heard(secondary) ?? 0) - clock.now());
    expect(waits).toEqual([60_000, 120_000, 240_000, 60_000]);
  });

  test('several refusals of one burst are one strike, not a wait of hours', () => {
    const { clock, governor } = stage();
    const queue = governor.queueOf(1);
    const untils = Array.from({ length: 10 }, () => queue.heard(limited({}, 'secondary rate limit')));
    expect(Math.max(...untils.map((until) => (until ?? 0) - clock.now()))).toBe(60_000);
  });

  test('who would wait longer than they can is told when to come back, and holds up no worker', async () => {
    const { clock, sent, ask, governor } = stage({ patience: 10_000 });
    governor.queueOf(1).heard(limited({ 'retry-after': '60' }));
    const failure = await ask(1, 'never').catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(GitHubFailure);
    expect(failure).toMatchObject({ kind: 'limited', until: clock.now() + 60_000 });
    expect(sent).toHaveLength(0);
  });

  test.each(['0', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'a server that says “wait %s” is not asked in a circle',
    async (value) => {
      const { clock, governor } = stage();
      const until = governor.queueOf(1).heard(limited({ 'retry-after': value })) ?? 0;
      expect(until).toBe(clock.now() + 1_000);
    },
  );

  test('a plain 403 is no limit, or a missing permission would silence an installation', () => {
    const { governor } = stage();
    expect(governor.queueOf(1).heard(limited({}, 'Resource not accessible by integration'))).toBeNull();
    expect(governor.state().get(1)?.until).toBeNull();
  });

  test('somebody who writes about rate limits cannot put us to sleep', () => {
    expect(
      limitIn({ status: 200, headers: {}, data: { message: 'fix: secondary rate limit' } }, 0),
    ).toBeNull();
  });
});

describe('what a request costs', () => {
  const post = (url: string, more: object = {}) => costOf({ method: 'POST', url, ...more });
  test('creations are counted, also those inside of a GraphQL document', () => {
    expect(post('/repos/{owner}/{repo}/issues')).toMatchObject({ write: true, points: 5, content: 1 });
    expect(post('/repos/{owner}/{repo}/issues/{issue_number}/comments').content).toBe(1);
    expect(post('/repos/{owner}/{repo}/check-runs').content).toBe(0);
    const query =
      'mutation($w0: X!) { w0: createIssue(input: $w0) { issue { id } } w1: addComment(input: $w1) { x } w2: updateIssue(input: $w2) { x } }';
    expect(post('https://api.github.com/graphql', { query })).toMatchObject({ points: 5, content: 2 });
  });

  test('a GraphQL query is a read, though it is a POST', () => {
    expect(post('https://h/graphql', { query: 'query { viewer { login } }' })).toMatchObject({
      write: false,
      points: 1,
    });
    expect(costOf({ method: 'GET', url: '/x', request: { priority: 2 } })).toMatchObject({
      write: false,
      priority: 2,
    });
  });
});

test('what a server cannot do is asked again after an hour, so that its upgrade is noticed', () => {
  let now = 0;
  const features = detectFeatures(() => now);
  expect(features.has('subIssues')).toBe('unknown');
  features.learn('subIssues', 'no');
  features.learn('graphql', 'yes');
  now = 3_599_999;
  expect(features.has('subIssues')).toBe('no');
  now = 3_600_000;
  expect([features.has('subIssues'), features.has('graphql')]).toEqual(['unknown', 'yes']);
});
