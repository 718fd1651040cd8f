/** Which pull requests a merge group is taken to hold: too few would let something through, too many would hold the queue for ever. */
import { expect, test } from 'vitest';
import type { Client, Params } from '../../src/github/client.ts';
import { groupMembersNow } from '../../src/github/facts/group-members.ts';

const place = { id: 1, nodeId: 'R', owner: 'acme', name: 'shop' };
const commit = (sha: string, message: string, ...parents: readonly string[]) => ({
  sha,
  commit: { message },
  parents: parents.map((one) => ({ sha: one })),
});

/** A comparison of these commits, a hundred a page. */
const comparing = (commits: readonly object[]): Client => {
  const get = async (_: string, params: Params = {}) => {
    const at = Number(params['page'] ?? 1);
    const more = commits.length > at * 100;
    const link = `<https://github.test/compare?per_page=100&page=${at + 1}>; rel="next"`;
    const data = { commits: commits.slice((at - 1) * 100, at * 100) };
    return { status: 200, data, headers: more ? { link } : {} };
  };
  return { get } as unknown as Client;
};
const members = (commits: readonly object[], headSha: string) =>
  groupMembersNow(comparing(commits), place, { baseSha: 'base', headSha });

test('a member that lands behind three hundred commits of another is not overlooked', async () => {
  const work = Array.from({ length: 300 }, (_, at) =>
    commit(`w${at}`, 'work', at === 0 ? 'base' : `w${at - 1}`),
  );
  const first = commit('m1', 'Merge pull request #7 from acme/work', 'base', 'w299');
  const second = commit('m2', 'A fix (#8)', 'm1', 'f1');
  expect(await members([...work, first, commit('f1', 'fix', 'base'), second], 'm2')).toEqual([8, 7]);
});

test('what people write into their own commits makes nobody a member', async () => {
  const own = [commit('a', 'Revert "The old way (#3)"', 'base'), commit('b', 'Backport: a fix (#4)', 'a')];
  const merge = commit('m', 'Merge pull request #9 from acme/backport', 'base', 'b');
  expect(await members([...own, merge], 'm')).toEqual([9]);
});

test('every commit that the queue squashed counts', async () => {
  expect(await members([commit('s1', 'One (#5)', 'base'), commit('s2', 'Two (#6)', 's1')], 's2')).toEqual([
    6, 5,
  ]);
});

test('where the commits do not say what they were made from, each of them counts', async () => {
  const bare = (sha: string, message: string) => ({ sha, commit: { message } });
  expect(await members([bare('s1', 'One (#5)'), bare('s2', 'Two (#6)')], 's2')).toEqual([5, 6]);
  expect(
    await members([{ commit: { message: 'One (#5)' } }, { commit: { message: 'Two (#6)' } }], 's2'),
  ).toEqual([5, 6]);
});
