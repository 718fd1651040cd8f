/** Everybody who had a hand in a change, told from what GitHub says of its commits and pushes; nobody of them approves it (threats §2.2). */
import { describe, expect, test } from 'vitest';
import type { Client, Params } from '../../../src/github/client.ts';
import { contributorsOf } from '../../../src/github/facts/contributors.ts';
import { GitHubFailure } from '../../../src/github/failure.ts';
import { cast, on, submitted } from '../../core/epic/given.ts';
import { link, pullFacts, shown } from '../../core/epic/pulls.ts';

const place = { id: 1, nodeId: 'R', owner: 'acme', name: 'shop' };
const webFlow = { id: 19864447 };

interface Hand {
  readonly author?: { readonly id: number } | null;
  readonly committer?: { readonly id: number } | null;
  readonly message?: string;
  readonly email?: string;
}

const commitOf = ({ author = { id: 2 }, committer = author, message = 'work', email }: Hand) => ({
  author,
  committer,
  commit: { message, author: { email: email ?? null }, committer: null },
});

/** A GitHub with these commits; it lists 250 of a pull request, as GitHub does, and knows these accounts. */
const github = (commits: readonly object[], accounts: Readonly<Record<string, number>> = {}) => {
  const asked: string[] = [];
  const get = async (route: string, params: Params = {}) => {
    const page = (list: readonly object[]) => {
      const size = Number(params['per_page']);
      return list.slice((Number(params['page']) - 1) * size, Number(params['page']) * size);
    };
    const answer = (data: unknown) => ({ status: 200, data, headers: {} });
    if (route.includes('/users/')) {
      const login = String(params['username']);
      asked.push(login);
      const id = accounts[login];
      if (id !== undefined) return answer({ id });
      throw new GitHubFailure({ kind: 'refused', status: 404, message: 'no', url: route });
    }
    if (route.includes('/compare/')) {
      asked.push(String(params['basehead']));
      return answer({ commits: page(commits) });
    }
    return answer(page(commits.slice(0, 250)));
  };
  return { client: { get } as unknown as Client, asked };
};

const range = { number: 7, base: 'main', head: 'a'.repeat(40) };
const handsIn = (hands: readonly Hand[], accounts: Readonly<Record<string, number>> = {}) =>
  contributorsOf(github(hands.map(commitOf), accounts).client, place, range);

const trailer = (address: string): string => `work\n\nCo-authored-by: Erin <${address}>`;

describe('T17: erin had a hand in it', () => {
  test.each<[string, readonly Hand[]]>([
    ['as author', [{ author: { id: 3 }, committer: { id: 2 } }]],
    ['as committer of somebody else’s work', [{ author: { id: 2 }, committer: { id: 3 } }]],
    ['in the first of many commits', [{ author: { id: 3 } }, ...Array.from({ length: 120 }, () => ({}))]],
    ['in the last of many commits', [...Array.from({ length: 249 }, () => ({})), { author: { id: 3 } }]],
    [
      'in a commit GitHub does not list any more',
      [...Array.from({ length: 420 }, () => ({})), { author: { id: 3 } }],
    ],
    [
      'by pressing “update branch”',
      [{}, { author: { id: 3 }, committer: webFlow, message: "Merge branch 'main' into x" }],
    ],
    ['as co-author by number', [{ message: trailer('3+erin@users.noreply.github.com') }]],
    [
      'as co-author by number, on a server of one’s own',
      [{ message: trailer('3+erin@users.noreply.git.acme.example') }],
    ],
    ['as co-author by name', [{ message: trailer('erin@users.noreply.github.com') }]],
    ['as co-author in capitals', [{ message: trailer('ERIN@users.noreply.github.com').toUpperCase() }]],
    [
      'as co-author by an address another commit shows to be theirs',
      [
        { author: { id: 3 }, committer: { id: 3 }, email: 'erin@acme.example' },
        { message: trailer('Erin@acme.example') },
      ],
    ],
    [
      'as second co-author',
      [
        {
          message: `${trailer('9+sam@users.noreply.github.com')}\nCo-authored-by: E <3+e@users.noreply.github.com>`,
        },
      ],
    ],
  ])('%s', async (_, hands) => {
    const contributors = await handsIn(hands, { erin: 3 });
    expect(contributors).toContain(3);
    const pull = { contributors };
    const given = submitted()
      .and(cast.pat, link('build', 7, pull))
      .and(cast.sam, shown(7));
    expect(given.when(cast.erin, on('build', 'Approve'), { pulls: [pullFacts(7, pull)] })).toBe('own-work');
    expect(given.when(cast.vera, on('build', 'Approve'), { pulls: [pullFacts(7, pull)] })).toContain(
      'ApprovalGiven',
    );
  });
});

describe('T18: a name somebody else wrote', () => {
  test.each<[string, readonly Hand[], readonly number[]]>([
    ['of no account: nobody', [{ message: trailer('ghost@users.noreply.github.com') }], [2]],
    ['of a mail address nobody knows: nobody', [{ message: trailer('erin@example.com') }], [2]],
    ['without an address: nobody', [{ message: 'work\n\nCo-authored-by: Erin' }], [2]],
    [
      'in the middle of a line: nobody',
      [{ message: 'see Co-authored-by: E <3+e@users.noreply.github.com> there' }],
      [2],
    ],
    ['GitHub’s own committer: nobody', [{ author: { id: 2 }, committer: webFlow }], [2]],
    ['nobody’s account: nobody', [{ author: null, committer: null }], []],
  ])('%s', async (_, hands, expected) => {
    expect(await handsIn(hands, { erin: 3 })).toEqual(expected);
  });

  test('a hundred made-up co-authors cost ten questions, and never an author their place', async () => {
    const message = Array.from(
      { length: 100 },
      (_, n) => `Co-authored-by: X <x${n}@users.noreply.github.com>`,
    ).join('\n');
    const { client, asked } = github([commitOf({ message: `work\n\n${message}` })]);
    expect(await contributorsOf(client, place, range)).toEqual([2]);
    expect(asked).toHaveLength(10);
  });

  test('whoever pushed has had a hand in it, whatever the commits say', () => {
    const pushed = { head: 'b'.repeat(40), contributors: [2, 3] };
    const given = submitted()
      .and(cast.pat, link('build', 7))
      .and(cast.sam, { type: 'NotePull', pull: pullFacts(7, pushed) })
      .and(cast.sam, { type: 'NotePull', pull: pullFacts(7, { head: 'c'.repeat(40), contributors: [2] }) })
      .and(cast.sam, shown(7, 'c'.repeat(40)));
    const facts = { pulls: [pullFacts(7, { head: 'c'.repeat(40) })] };
    expect(given.when(cast.erin, on('build', 'Approve'), facts)).toBe('own-work');
  });
});

test('T17: an outage while the commits are read is thrown, and nobody is taken for a stranger', async () => {
  const away = async () => {
    throw new GitHubFailure({ kind: 'unavailable', status: 503, message: 'no', url: 'x' });
  };
  await expect(contributorsOf({ get: away } as unknown as Client, place, range)).rejects.toBeInstanceOf(
    GitHubFailure,
  );
});
