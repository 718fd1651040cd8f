/** The gate model against the real Gatehouse: the check and the labels on GitHub say what a careful watcher would (threats G9). */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Action,
  actions,
  firstWorld,
  happens,
  inWords,
  judge,
  possible,
  type World,
} from './gate-model.ts';
import { holdBack } from './held-post.ts';
import { openTheatre, type Performance, type Theatre } from './theatre.ts';

const sequences = Number(process.env['GATEHOUSE_SEQUENCES'] ?? 20);
const length = Number(process.env['GATEHOUSE_ACTIONS'] ?? 30);
const seed = Number(process.env['GATEHOUSE_SEED'] ?? 20_261_121);
/** GitHub lets an App ask 5,000 times an hour, and the house obeys: before that another one is opened. */
const requestsPerTheatre = 3_500;

let theatre: Theatre;
let performed = 0;
let done = 0;

beforeAll(async () => {
  theatre = await openTheatre();
});
const closes = async (): Promise<void> => {
  await theatre.closes();
  expect(theatre.play.github.violations).toEqual([]);
};
afterAll(closes);

const nextPerformance = async (): Promise<Performance> => {
  performed += 1;
  if (theatre.play.github.requests.length > requestsPerTheatre) {
    await closes();
    theatre = await openTheatre();
  }
  return theatre.opens();
};

interface Watcher {
  world: World;
}

/** Every check that is written is seen: the model's painter comes after every action. */
const then = (world: World, action: Action): World => happens(happens(world, action), { does: 'paint' });

class Deed implements fc.AsyncCommand<Watcher, Performance> {
  readonly action: Action;
  performance: Performance | undefined;
  constructor(action: Action) {
    this.action = action;
  }
  check(watcher: Readonly<Watcher>): boolean {
    return possible(watcher.world, this.action);
  }
  async run(watcher: Watcher, performance: Performance): Promise<void> {
    if (!performance.can(this.action)) return;
    await performance.does(this.action, watcher.world);
    watcher.world = then(watcher.world, this.action);
    done += 1;
    const seen = performance.sees();
    const expected = judge(watcher.world);
    const context = `${inWords(this.action)}\n${JSON.stringify(watcher.world)}\n${seen.text}`;
    expect({ check: seen.check, status: seen.status }, context).toEqual({
      check: expected.check,
      status: expected.status,
    });
    const strangers = seen.filling.filter((who) => !expected.counted.includes(who));
    expect(strangers, `counted without being asked: ${context}`).toEqual([]);
    expect(seen.filling, context).toHaveLength(expected.filled);
  }
  toString(): string {
    return inWords(this.action);
  }
}

/** What everything else waits for is done more often, so that gates are open and passed often enough to matter. */
const weight = ({ does }: Action): number => ({ submit: 8, review: 2, comment: 2 })[does as string] ?? 1;

const deed = fc.oneof(
  ...actions
    .filter(({ does }) => does !== 'paint')
    .map((action) => ({
      weight: weight(action),
      arbitrary: fc.constant(action).map((one) => new Deed(one)),
    })),
);

test('T12–T16, T20, T31, T33, T36, T37: whatever people do, the check and the labels say whose approval counts', {
  timeout: 24 * 3_600_000,
}, async () => {
  let passes = 0;
  const commands = fc.commands([deed], { maxCommands: length, size: 'max' });
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(commands, async (deeds) => {
      const stage = await nextPerformance();
      const watcher: Watcher = { world: firstWorld };
      try {
        await fc.asyncModelRun(() => ({ model: watcher, real: stage }), deeds);
        if (judge(watcher.world).passed) passes += 1;
      } finally {
        await stage.ends();
      }
    }),
    { numRuns: sequences, seed, endOnFailure: false },
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${performed} sequences, ${done} actions in ${seconds} s; ${passes} ended with a passed gate`);
  expect(done).toBeGreaterThan(sequences * 5);
});

/** Paths on which the product once said something else than the model; each was its shortest. */
const regressions: readonly [string, readonly Action[]][] = [
  [
    'T31: an approval somebody has replaced does not come back with their role',
    [
      { does: 'submit' },
      { does: 'review', who: 'cyd', of: 'head' },
      { does: 'role', who: 'cyd', role: 'VP' },
      { does: 'changes', who: 'cyd' },
      { does: 'role', who: 'cyd', role: 'VP' },
    ],
  ],
  [
    'T15, T16: an approval of what goes into one base is none of what goes into another',
    [
      { does: 'submit' },
      { does: 'review', who: 'bob', of: 'head' },
      { does: 'comment', who: 'cyd', naming: 'none' },
      { does: 'retarget' },
      { does: 'retarget' },
    ],
  ],
];

test.each(regressions)('%s', { timeout: 60_000 }, async (_, path) => {
  const stage = await theatre.opens();
  const watcher: Watcher = { world: firstWorld };
  for (const action of path) await new Deed(action).run(watcher, stage);
  await stage.ends();
});

test('T17: whose commits come in with another base approves no more', { timeout: 60_000 }, async () => {
  const stage = await theatre.opens('stacked');
  await stage.does({ does: 'submit' }, firstWorld);
  theatre.play.person('octo-admin').retargets(stage.pull, 'main');
  await theatre.play.settles();
  await stage.does({ does: 'review', who: 'bob', of: 'head' }, firstWorld);
  await stage.does({ does: 'review', who: 'cyd', of: 'head' }, firstWorld);
  expect(stage.sees()).toMatchObject({ check: 'in_progress', filling: ['cyd'] });
  await stage.ends();
});

test.each([
  { does: 'comment', who: 'bob', naming: 'head' },
  { does: 'review', who: 'bob', of: 'head' },
] as const)(
  'T26, T32: the last approval, a $does, asks again who the others are',
  { timeout: 60_000 },
  async (last) => {
    const stage = await theatre.opens();
    await stage.does({ does: 'submit' }, firstWorld);
    const world = happens(firstWorld, { does: 'submit' });
    await stage.does({ does: 'review', who: 'cyd', of: 'head' }, world);
    // The webhook that tells of it is lost.
    holdBack(theatre.play, () => stage.acts({ does: 'role', who: 'cyd', role: 'VP' }, world));
    await stage.does(last, world);
    const seen = stage.sees();
    await stage.ends();
    expect(seen).toMatchObject({ check: 'in_progress', filling: ['bob'] });
  },
);
