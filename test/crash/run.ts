/**
 * `npm run test:crash`: real processes, really killed, at every boundary's first, second, third … hit, and again while the
 * next one recovers; `--short` is one story at rotating boundaries, once with PostgreSQL's power cut. Exits 1 where people
 * see anything else in the end, or a recovery took longer than 45 s.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { stories } from '../faults/story.ts';
import { setup, teardown } from '../world/database.ts';
import type { PictureOfIssue } from '../world/picture.ts';
import { openCellar } from './cellar.ts';
import { tellDoom } from './doom.ts';
import { type Outcome, type Plan, perform } from './perform.ts';
import { allPlans, everyOther, mixedPlan } from './plans.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    hits: { type: 'string', default: '3' },
    story: { type: 'string' },
  },
});

const wanted = new Map<number, Promise<readonly PictureOfIssue[]>>();
const undisturbed = (story: number): Promise<readonly PictureOfIssue[]> => {
  const known = wanted.get(story);
  if (known !== undefined) return known;
  const made = perform({ story, fates: [] }).then((outcome) => {
    if (outcome.wrong.length > 0) throw new Error(`Undisturbed: ${outcome.wrong.join('; ')}`);
    return outcome.picture;
  });
  wanted.set(story, made);
  return made;
};

const recoveries: number[] = [];
let kills = 0;
let failures = 0;

const tellPlan = ({ story, fates }: Plan): string =>
  `${stories[story]?.name}: ${fates.map((fate) => (fate === undefined ? '–' : `${tellDoom(fate.first)}${fate.second === undefined ? '' : ` then ${tellDoom(fate.second)}`}${fate.cut === true ? ' cut' : ''}`)).join(', ')}`;

const difference = (right: readonly PictureOfIssue[], seen: readonly PictureOfIssue[]): string => {
  const lines = (value: unknown): readonly string[] => JSON.stringify(value, null, 1).split('\n');
  const [one, other] = [lines(right), lines(seen)];
  const at = one.findIndex((line, index) => line !== other[index]);
  return `wanted ${one.slice(Math.max(0, at - 4), at + 3).join(' ')}\n  seen ${other.slice(Math.max(0, at - 4), at + 3).join(' ')}`;
};

const judge = async (plan: Plan, outcome: Outcome): Promise<void> => {
  kills += outcome.kills;
  recoveries.push(...outcome.recoveries);
  const right = await undisturbed(plan.story);
  const wrong = [
    ...outcome.wrong,
    ...(isDeepStrictEqual(outcome.picture, right) ? [] : [difference(right, outcome.picture)]),
  ];
  if (wrong.length === 0) return;
  failures += 1;
  process.stdout.write(`FAILED ${tellPlan(plan)}\n${wrong.map((one) => `  ${one}\n`).join('')}`);
};

const play = async (plan: Plan, withPower = true): Promise<void> => {
  const cellar = withPower ? undefined : await openCellar();
  try {
    await judge(plan, await perform(plan, cellar));
  } catch (failure) {
    failures += 1;
    process.stdout.write(
      `FAILED ${tellPlan(plan)}\n  ${failure instanceof Error ? failure.message : String(failure)}\n`,
    );
  } finally {
    await cellar?.close();
  }
};

const quantile = (share: number): number =>
  recoveries.toSorted((one, other) => one - other)[Math.ceil(recoveries.length * share) - 1] ?? 0;

await setup();
const began = performance.now();
try {
  if (values.short) {
    await play(everyOther(mixedPlan(0, 0), 0));
    await play(everyOther(mixedPlan(0, 1, true), 1), false);
  } else {
    const plans = allPlans(Number(values.hits)).filter(
      ({ story }) => values.story === undefined || story === Number(values.story),
    );
    for (const [index, plan] of plans.entries()) {
      await play(plan);
      process.stderr.write(`\r${index + 1} of ${plans.length}, ${kills} kills `);
    }
    for (const [story] of stories.entries()) await play(mixedPlan(story, story, true), false);
  }
} finally {
  await teardown();
}
const slowest = quantile(0.99);
process.stdout.write(
  `${kills} processes killed in ${((performance.now() - began) / 1_000).toFixed(0)} s; ` +
    `recovery: median ${quantile(0.5)} ms, p99 ${slowest} ms, longest ${quantile(1)} ms\n` +
    `stories that ended otherwise, or made anything twice: ${failures}\n`,
);
process.exitCode = failures === 0 && slowest <= 45_000 && kills > 0 ? 0 : 1;
