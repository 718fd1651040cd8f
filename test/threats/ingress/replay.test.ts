/** A genuine body sent once more under another id, or under another event's name, changes nothing (threats T03, T04). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { checkEvent } from '../../../src/github/incoming/check-event.ts';
import { readerFor, readers } from '../../../src/github/incoming/index.ts';
import type { Issue, Review } from '../../world/github/state.ts';
import { openPlay, type Play } from '../../world/play.ts';
import { ask, examples, frameOf, hasLookedAround, inParallel, post } from './letter.ts';
import { whatStands } from './what-stands.ts';

type Act = readonly [name: string, act: (play: Play) => Promise<void> | void];

const pulls = new Map<string, Issue>();
const pull = (name: string): Issue => {
  const found = pulls.get(name);
  if (found === undefined) throw new Error(`no pull request ${name}`);
  return found;
};
let epic: Issue;

/** A life with everything in it that an old delivery might bring back. */
const acts: readonly Act[] = [
  [
    'an epic starts',
    async (play) => {
      epic = await play.starts('bug', 'Checkout is slow');
    },
  ],
  [
    'it gets another name',
    (play) => play.person('octo-pm').editsIssue(epic, { title: 'Checkout is very slow' }),
  ],
  ['its label is taken off', (play) => play.person('octo-pm').unlabels(epic, 'workflow:bug')],
  ['and put on again', (play) => play.person('octo-pm').labels(epic, 'workflow:bug')],
  ['a stage is claimed', (play) => void play.person('octo-qa').says(first(play), '/claim')],
  ['given back', (play) => void play.person('octo-qa').says(first(play), '/release')],
  ['its issue is closed too early', (play) => play.person('octo-qa').closes(first(play))],
  ['it is claimed again', (play) => void play.person('octo-qa').says(first(play), '/claim')],
  [
    'a pull request is opened without a word of the stage',
    (play) => {
      const wish = { title: 'Faster', body: 'No word of it.', branch: 'faster' };
      pulls.set('one', play.person('octo-qa').opensPullRequest(wish));
    },
  ],
  [
    'its description names the stage',
    (play) => play.person('octo-qa').editsPullRequest(pull('one'), { body: `Stage: #${first(play).number}` }),
  ],
  ['it is pushed to', (play) => void play.person('octo-qa').pushes(pull('one'))],
  ['it is closed', (play) => play.person('octo-qa').closesPullRequest(pull('one'))],
  ['and reopened', (play) => play.person('octo-qa').reopensPullRequest(pull('one'))],
  ['the stage is submitted', (play) => void play.person('octo-qa').says(first(play), '/submit')],
  ['approved', (play) => void play.person('octo-em').says(first(play), '/approve')],
  ['its pull request reviewed', (play) => void reviewed(play, 'APPROVED')],
  ['the review dismissed', (play) => dismissed(play)],
  ['asked for more', (play) => void reviewed(play, 'CHANGES_REQUESTED')],
  ['submitted again', (play) => void play.person('octo-qa').says(first(play), '/submit now')],
  ['rejected', (play) => void play.person('octo-em').says(first(play), '/reject not yet')],
  ['given back', (play) => void play.person('octo-qa').says(first(play), '/release')],
  ['work is paused', (play) => void play.person('octo-em').says(first(play), '/pause')],
  ['and goes on', (play) => void play.person('octo-em').says(first(play), '/resume')],
  ['the App is suspended', (play) => play.person('octo-admin').suspends(play.acme.installation)],
  ['and wakes', (play) => play.person('octo-admin').unsuspends(play.acme.installation)],
  [
    'the repository gets another name',
    (play) => play.person('octo-admin').renamesRepository(play.acme.shop, 'store'),
  ],
  [
    'the epic is cancelled',
    async (play) => {
      // What happens within one second cannot be told apart by GitHub's times.
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      play.person('octo-em').says(epic, '/cancel no longer wanted');
    },
  ],
];

const first = (play: Play): Issue => {
  const found = [...play.github.state.issues.values()].find((issue) => /^1_/.test(issue.title));
  if (found === undefined) throw new Error('there is no first stage');
  return found;
};

const given: Review[] = [];
const reviewed = (play: Play, verdict: 'APPROVED' | 'CHANGES_REQUESTED'): void => {
  given.push(play.person('octo-em').reviews(pull('one'), verdict, 'as I see it'));
};
const dismissed = (play: Play): void => {
  const last = given.at(-1);
  if (last !== undefined) play.person('octo-admin').dismisses(last);
};

describe('a recorded body under a new id', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.ends());

  /** Sends old deliveries again, each under a new id, and looks what became of it. */
  const replay = async (from: number, to: number): Promise<void> => {
    for (const { event, text } of play.github.deliveries.slice(from, to)) {
      expect(await post(play.house, text, { event, guid: randomUUID() })).toBe(202);
    }
    await play.settles();
  };

  test('T03: is harmless right away and after everything has moved on, for every delivery of an eventful life', async () => {
    const changed: string[] = [];
    for (const [index, [name, act]] of acts.entries()) {
      // Now and then everything since the beginning.
      const from = index % 6 === 5 ? 0 : play.github.deliveries.length;
      await act(play);
      const before = await whatStands(play);
      await replay(from, play.github.deliveries.length);
      const after = await whatStands(play);
      changed.push(...after.filter((line) => !before.includes(line)).map((line) => `${name}: ${line}`));
    }
    const recorded = [...play.github.deliveries];
    expect(recorded.length).toBeGreaterThan(60);
    const end = await whatStands(play);
    await replay(0, recorded.length);
    const later = await whatStands(play);
    changed.push(...later.filter((line) => !end.includes(line)).map((line) => `late: ${line}`));
    expect(changed).toEqual([]);
  }, 240_000);
});

describe('a genuine body under the name of another event', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
    await hasLookedAround(play.databaseUrl);
  });
  afterAll(() => play.ends());

  const events = [...new Set(examples.map(({ event }) => event))];
  const readable = [...new Set(readers.map(({ event }) => event))];

  test('T04: is told apart for every pair of event and official example, and every right pair passes', () => {
    expect(events.length).toBeGreaterThanOrEqual(58);
    let refused = 0;
    for (const { event: own, body } of examples) {
      expect(() => checkEvent(own, body)).not.toThrow();
      for (const event of events.filter((one) => one !== own)) {
        const action = typeof body['action'] === 'string' ? body['action'] : '';
        const reader = readerFor(event, action);
        if (reader === undefined) continue;
        expect(() => checkEvent(event, body), `${own}.${action} as ${event}`).toThrow(ZodError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  test('T04: is set aside and starts, moves and paints nothing', async () => {
    const here = frameOf(play.acme);
    const before = await whatStands(play);
    const letters = examples.flatMap(({ event: own, body }) =>
      readable
        .filter((event) => event !== own && readerFor(event, String(body['action'] ?? '')) !== undefined)
        .map((event) => ({
          event,
          text: JSON.stringify('repository' in body ? { ...body, ...here } : body),
          guid: randomUUID(),
        })),
    );
    await inParallel(letters, 8, async ({ event, text, guid }) => {
      expect(await post(play.house, text, { event, guid })).toBe(202);
    });
    await play.settles();
    const states = await ask<{ state: string; problem: string | null }>(
      play.databaseUrl,
      `select distinct state, substring(problem from 'the body is none of') as problem from deliveries where guid = any('{${letters.map(({ guid }) => guid).join()}}')`,
    );
    expect(states).toEqual([{ state: 'set_aside', problem: 'the body is none of' }]);
    expect(await whatStands(play)).toEqual(before);
  }, 60_000);
});
