/** The process is killed at twenty seeded moments of the feature story: it ends as if nothing had happened, with nothing doubled. */
import { expect, test } from 'vitest';
import { labelsOf } from '../world/github/find.ts';
import type { Issue } from '../world/github/state.ts';
import { openPlay, type Play } from '../world/play.ts';

/** A small seeded generator: the same seed gives the same moments. */
const random = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const opens = (play: Play, what: { pull?: Issue }): void => {
  const body = `Stage: #${play.stage('3_implement').number}`;
  what.pull = play.person('octo-eng').opensPullRequest({ title: 'One step', body, branch: 'one' });
};

/** The story as acts; each only once what it needs is visible, as people would. */
const acts = (play: Play): readonly (() => void)[] => {
  const seen: { pull?: Issue } = {};
  const says = (who: string, key: string, text: string) => () => {
    play.person(who).says(play.stage(key), text);
  };
  return [
    says('octo-pm', '1_define', '/claim'),
    says('octo-pm', '1_define', '/submit'),
    says('octo-qa', '1_define', '/approve'),
    says('octo-em', '1_define', '/approve'),
    says('octo-designer', '2_design', '/claim\n/submit'),
    says('octo-pm', '2_design', '/reject the empty cart is missing'),
    says('octo-designer', '2_design', '/submit'),
    says('octo-pm', '2_design', '/approve'),
    says('octo-eng', '3_implement', '/claim'),
    () => opens(play, seen),
    says('octo-eng', '3_implement', '/submit'),
    () => seen.pull && play.person('octo-em').reviews(seen.pull, 'APPROVED'),
    () => seen.pull && play.person('octo-eng').merges(seen.pull),
    says('octo-qa', '4_qa', '/claim\n/submit'),
    says('octo-qalead', '4_qa', '/approve'),
    says('octo-pm', '5_release_approval', '/claim\n/submit'),
    says('octo-vpp', '5_release_approval', '/approve'),
    says('octo-em', '5_release_approval', '/approve'),
    says('octo-growth', '6_launch', '/claim\n/submit'),
  ];
};

const masked = (text: string | null): string =>
  (text ?? '')
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'then')
    .trim();

/** What people see at the end, without ids and times. */
const picture = (play: Play): unknown => {
  const { state } = play.github;
  const issues = [...state.issues.values()].sort((one, other) => one.number - other.number);
  const numberOf = (id: number): number | undefined => state.issues.get(id)?.number;
  return issues.map((issue) => ({
    number: issue.number,
    title: issue.title,
    body: masked(issue.body),
    state: issue.state,
    labels: labelsOf(play.acme.shop, issue)
      .map((label) => label.name)
      .sort(),
    parent: issue.parentId === null ? null : numberOf(issue.parentId),
    blockedBy: issue.blockedBy.map(numberOf).sort(),
    comments: issue.comments.map((comment) => `${masked(comment.body)} ${comment.reactions.map((one) => one.content).sort().join()}`).sort(),
    check: issue.pull === null ? null : play.check(issue)?.conclusion,
  }));
};

const isTaken = (status: number): boolean => status >= 200 && status <= 299;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills some milliseconds after an act, starts again, and delivers again what the dead process did not take. */
const killAndRestart = async (play: Play, after: number): Promise<void> => {
  await wait(after);
  await play.house.kill();
  await play.house.start();
  await play.github.settled();
  const taken = new Set(play.github.deliveries.filter((one) => isTaken(one.statusCode)).map((one) => one.guid));
  const lost = new Map(play.github.deliveries.filter((one) => !taken.has(one.guid)).map((one) => [one.guid, one.id]));
  for (const id of lost.values()) play.github.redeliver(id);
};

const tell = async (seed: number | null, kills: number): Promise<unknown> => {
  const play = await openPlay({ features: { graphql: seed === null || seed % 2 === 0 } });
  const next = random(seed ?? 0);
  try {
    const pat = play.person('octo-pm');
    const epic = pat.opensIssue({ title: 'Faster checkout', body: 'x' }, play.acme.shop);
    const story = [() => pat.labels(epic, 'workflow:feature'), ...acts(play)];
    const moments = new Set<number>(kills === 0 ? [] : [0]);
    while (moments.size < kills) moments.add(Math.floor(next() * story.length));
    for (const [at, act] of story.entries()) {
      act();
      if (moments.has(at)) await killAndRestart(play, Math.floor(next() * 60));
      await play.settles();
    }
    return picture(play);
  } finally {
    await play.ends();
  }
};

test('a crash at any moment loses nothing and doubles nothing', async () => {
  const calm = await tell(null, 0);
  for (const seed of [2, 3, 4, 5]) {
    expect(await tell(seed, 5), `seed ${seed}`).toEqual(calm);
  }
}, 120_000);
