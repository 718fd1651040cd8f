/**
 * Webhooks are hints: in whatever order they come, and however often, people see the same in the end (threats G10).
 * Played before the real process and database; the stand-in holds the webhooks back and they are put into the door in each order.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import type { Delivery } from '../world/github/webhooks.ts';
import { type Action, firstWorld, happens, inWords, judge, type World } from './gate-model.ts';
import { deliver, holdBack, type Letter } from './held-post.ts';
import { type Dice, diceFrom, ordersOf, sampleOf } from './orders.ts';
import { logins, openTheatre, type Performance, type Theatre } from './theatre.ts';

const all = process.env['GATEHOUSE_ALL'] === '1';
const seed = Number(process.env['GATEHOUSE_SEED'] ?? 20_261_121);
const ordersInASample = 10;
const requestsPerTheatre = 3_500;

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.closes());

/** What has happened before, and what happens while nothing is delivered. */
interface Scenario {
  readonly before: readonly Action[];
  readonly meanwhile: readonly Action[];
}

const scenarios: readonly [string, Scenario][] = [
  [
    'reviews, and the submission they came before',
    {
      before: [],
      meanwhile: [
        { does: 'review', who: 'bob', of: 'head' },
        { does: 'review', who: 'cyd', of: 'head' },
        { does: 'submit' },
      ],
    },
  ],
  [
    'T13: a push, and reviews of what was there before',
    {
      before: [{ does: 'submit' }],
      meanwhile: [
        { does: 'review', who: 'bob', of: 'head' },
        { does: 'review', who: 'cyd', of: 'overtaken' },
        { does: 'review', who: 'cyd', of: 'head' },
      ],
    },
  ],
  [
    'T31: a review, what replaced it, and its dismissal',
    {
      before: [{ does: 'submit' }],
      meanwhile: [
        { does: 'review', who: 'bob', of: 'head' },
        { does: 'review', who: 'cyd', of: 'head' },
        { does: 'dismiss', who: 'cyd' },
        { does: 'evidence' },
      ],
    },
  ],
  [
    'two approvers, one by comment and one by review',
    {
      before: [{ does: 'submit' }],
      meanwhile: [
        { does: 'comment', who: 'bob', naming: 'head' },
        { does: 'review', who: 'cyd', of: 'head' },
        { does: 'evidence' },
      ],
    },
  ],
];

type Orders = readonly (readonly number[])[];

const chosen = (many: number, dice: Dice): { readonly every: Orders; readonly orders: Orders } => {
  const every = ordersOf([...Array(many).keys()]);
  return { every, orders: all ? every : sampleOf(every, ordersInASample, dice) };
};

/** Each delivery once, and some again: later or earlier, under their own id or another. */
const doubled = (order: readonly Delivery[], dice: Dice): readonly Letter[] => {
  let letters: readonly Letter[] = order.map((delivery) => ({ delivery }));
  for (const delivery of order.filter(() => dice(2) === 0)) {
    const again = dice(2) === 0 ? 'same id' : 'other id';
    letters = letters.toSpliced(dice(letters.length + 1), 0, { delivery, again });
  }
  return letters;
};

const inWordsToo = (letters: readonly Letter[]): string =>
  letters
    .map(({ delivery, again }) => [delivery.event, delivery.action, again].filter(Boolean).join(' '))
    .join(' → ');

const withoutNumbers = (text: string): string =>
  text
    .replaceAll(/<!-- gatehouse[^>]*-->/g, '')
    .replaceAll(/#\d+/g, '#n')
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, 'sha')
    .replaceAll(/\d{4}-\d\d-\d\dT?[\d:. ]*Z?/g, 'then');

/** Everything people see at the end, except in which order it happened. */
const digestOf = (stage: Issue, performance: Performance): object => {
  const { play } = theatre;
  const seen = performance.sees();
  return {
    check: seen.check,
    text: withoutNumbers(seen.text),
    labels: [...play.labels(stage)].sort(),
    assignees: stage.assignees.length,
    state: stage.state,
    reactions: play.comments(stage).map((comment) => play.reactions(comment)),
  };
};

const freshTheatre = async (): Promise<void> => {
  if (theatre.play.github.requests.length < requestsPerTheatre) return;
  await theatre.closes();
  theatre = await openTheatre();
};

const then = (world: World, action: Action): World => happens(happens(world, action), { does: 'paint' });

/** Plays the scenario once and answers what was seen, and in which order the webhooks came. */
const play = async (
  { before, meanwhile }: Scenario,
  orderOf: (held: readonly Delivery[]) => readonly Letter[],
): Promise<{
  readonly digest: object;
  readonly told: string;
  readonly world: World;
  readonly held: number;
}> => {
  await freshTheatre();
  const performance = await theatre.opens();
  let world = firstWorld;
  for (const action of before) {
    await performance.does(action, world);
    world = then(world, action);
  }
  const held = holdBack(theatre.play, () => {
    for (const action of meanwhile) {
      performance.acts(action, world);
      world = happens(world, action);
    }
  });
  const letters = orderOf(held);
  await deliver(theatre.play, letters);
  await theatre.play.settles();
  const digest = digestOf(performance.stage, performance);
  await performance.ends();
  return { digest, told: inWordsToo(letters), world, held: held.length };
};

test.each(scenarios)('%s: the order does not matter', { timeout: 3_600_000 }, async (_, scenario) => {
  const dice = diceFrom(seed);
  const first = await play(scenario, (held) => held.map((delivery) => ({ delivery })));
  const expected = judge(first.world);
  expect(first.digest).toMatchObject({ check: expected.check });
  const { every, orders } = chosen(first.held, dice);
  for (const order of orders) {
    const again = await play(scenario, (held) =>
      doubled(
        order.flatMap((place) => held[place] ?? []),
        dice,
      ),
    );
    const words = `${scenario.meanwhile.map(inWords).join(', ')}\nseed ${seed}: ${again.told}`;
    expect(again.digest, words).toEqual(first.digest);
  }
  console.log(`${orders.length} of ${every.length} orders of ${first.held} webhooks`);
});

/** A stage is claimed while the epic's label is taken off and put on again; answers what was seen. */
const claims = async (orderOf: (held: readonly Delivery[]) => readonly Letter[]) => {
  await freshTheatre();
  const { play } = theatre;
  const pat = play.person('octo-pm');
  const epic = await play.starts('pair');
  const [stage, tree] = [play.stage('1_both'), play.github.state.issues.size];
  const held = holdBack(play, () => {
    pat.labels(epic, 'something-else');
    pat.unlabels(epic, 'workflow:pair');
    pat.labels(epic, 'workflow:pair');
    play.person(logins.ann).says(stage, '/claim');
  });
  const letters = orderOf(held);
  await deliver(play, letters);
  await play.settles();
  const digest = {
    labels: [...play.labels(stage)].sort(),
    assignees: stage.assignees.length,
    reactions: play.comments(stage).map((comment) => play.reactions(comment)),
    replies: play.comments(epic).map(({ body }) => withoutNumbers(body)),
    made: play.github.state.issues.size - tree,
  };
  pat.says(epic, '/cancel the performance is over');
  await play.settles();
  return { digest, told: inWordsToo(letters), held: held.length };
};

test('label and claim: the order does not matter', { timeout: 3_600_000 }, async () => {
  const dice = diceFrom(seed);
  const first = await claims((held) => held.map((delivery) => ({ delivery })));
  expect(first.digest).toMatchObject({ assignees: 1, made: 0, reactions: [['+1']] });
  const { every, orders } = chosen(first.held, dice);
  for (const order of orders) {
    const again = await claims((held) =>
      doubled(
        order.flatMap((place) => held[place] ?? []),
        dice,
      ),
    );
    expect(again.digest, `seed ${seed}: ${again.told}`).toEqual(first.digest);
  }
  console.log(`${orders.length} of ${every.length} orders of ${first.held} webhooks`);
});
