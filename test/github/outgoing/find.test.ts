/** What a person would lose if what we made could not be found again: everything twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureLabels } from '../../../src/github/outgoing/ensure-labels.ts';
import { findCheckRuns } from '../../../src/github/outgoing/find-check-runs.ts';
import { findComments } from '../../../src/github/outgoing/find-comments.ts';
import { findIssues } from '../../../src/github/outgoing/find-issues.ts';
import { knownIds } from '../../../src/github/outgoing/ids.ts';
import { readIssue } from '../../../src/github/outgoing/read-issue.ts';
import { type Script, type ScriptedServer, startScripted } from '../scripted-server.ts';
import { repository } from './writes.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(() => server.close());

const client = (script: Script) => {
  server.script = script;
  return server.connect().installation(1);
};
const shown = (number: number, more: object = {}) => ({
  number,
  id: 3_000_000_000 + number,
  node_id: `I_${number}`,
  title: 't',
  body: 'b',
  state: 'open',
  labels: [{ name: 'stage' }, 'old style'],
  assignees: [{ id: 5, login: 'ann', node_id: 'U_5' }],
  user: { login: 'gatehouse[bot]' },
  ...more,
});

describe('finding by marker', () => {
  test('issues on every page are found, closed ones too, and pull requests are not issues', async () => {
    const next = {
      link: `<https://proxy.example/repos/acme/shop/issues?state=all&labels=stage&per_page=100&page=2>; rel="next"`,
    };
    const asking = client(({ path }) =>
      path.includes('page=2')
        ? { json: [shown(2, { state: 'closed', body: null })] }
        : { headers: next, json: [shown(1), shown(9, { pull_request: {} })] },
    );
    const found = await findIssues(asking, repository, { label: 'stage', since: '2026-01-01T00:00:00Z' });
    expect(found.map((one) => [one.issue.number, one.state, one.body])).toEqual([
      [1, 'open', 'b'],
      [2, 'closed', ''],
    ]);
    expect(server.asked[0]?.path).toContain('state=all');
    expect(server.asked[0]?.path).toContain('since=2026');
    expect(server.asked).toHaveLength(2);
  });

  test('T46: a marker that somebody copied into an issue of theirs is not taken for ours', async () => {
    const asking = client(() => ({
      json: [
        shown(1, { user: { login: 'mallory' } }),
        shown(2, { user: { login: 'gatehouse[bot]' }, performed_via_github_app: { id: 8 } }),
        shown(3, { user: { login: 'ann' }, performed_via_github_app: { id: 7 } }),
        shown(4, { performed_via_github_app: null }),
      ],
    }));
    const found = await findIssues(asking, repository, {});
    expect(found.map(({ byUs }) => byUs)).toEqual([false, false, true, true]);
  });

  test('a comment is found with its ids', async () => {
    const asking = client(() => ({
      json: [{ id: 4_000_000_001, node_id: 'IC_1', body: 'hi', user: { login: 'gatehouse[bot]' } }],
    }));
    expect(await findComments(asking, repository, 3, '2026-01-01T00:00:00Z')).toEqual([
      { commentId: 4_000_000_001, nodeId: 'IC_1', body: 'hi', byUs: true },
    ]);
  });

  test('T60: a check run of another App with our name is never adopted', async () => {
    const run = (id: number, app: number) => ({
      id,
      node_id: `CR_${id}`,
      external_id: 'e',
      status: 'completed',
      conclusion: 'success',
      app: { id: app },
    });
    const asking = client(() => ({ json: { total_count: 2, check_runs: [run(1, 8), run(2, 7)] } }));
    const found = await findCheckRuns(asking, repository, 'abc');
    expect(found.map(({ checkRunId }) => checkRunId)).toEqual([2]);
    expect(server.asked[0]?.path).toContain('check_name=gatehouse');
  });
});

describe('reading one issue', () => {
  test('all that may have been edited by hand is seen', async () => {
    expect(
      await readIssue(
        client(() => ({ json: shown(4) })),
        repository,
        4,
      ),
    ).toEqual({
      kind: 'issue',
      issue: { number: 4, id: 3_000_000_004, nodeId: 'I_4' },
      state: 'open',
      title: 't',
      body: 'b',
      labels: ['stage', 'old style'],
      assignees: [{ id: 5, login: 'ann', nodeId: 'U_5' }],
      locked: false,
      blockers: null,
      closed: null,
    });
  });

  test.each([404, 410])('%i is an answer: gone', async (status) => {
    expect(
      await readIssue(
        client(() => ({ status, json: { message: 'x' } })),
        repository,
        4,
      ),
    ).toEqual({ kind: 'gone' });
  });

  test('a transferred issue is not read at its new place unasked', async () => {
    const location = 'https://api.github.com/repositories/55/issues/6';
    const moved = await readIssue(
      client(() => ({ status: 301, headers: { location } })),
      repository,
      4,
    );
    expect(moved).toEqual({ kind: 'moved', location, repositoryId: 55, number: 6 });
    expect(server.asked).toHaveLength(1);
  });

  test('a failure is not a missing issue', async () => {
    await expect(
      readIssue(
        client(() => ({ status: 502 })),
        repository,
        4,
      ),
    ).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('labels', () => {
  const wanted = ['stage', 'role:ENGINEER', 'gatehouse:stage'].map((name) => ({
    name,
    color: 'ededed',
    description: name,
  }));

  test('one query and one document make all that is missing; the next time there is no request', async () => {
    const asking = client(({ body }) =>
      String(body['query']).startsWith('query')
        ? { json: { data: { repository: { l0: { id: 'LA_0' }, l1: null } } } }
        : { json: { data: { l0: { label: { id: 'LA_1' } } } } },
    );
    const known = knownIds(repository.nodeId, { stage: 'LA_stage' });
    const all = { stage: 'LA_stage', 'role:ENGINEER': 'LA_0', 'gatehouse:stage': 'LA_1' };
    expect(await ensureLabels(asking, repository, wanted, known)).toEqual(all);
    expect(await ensureLabels(asking, repository, wanted, known)).toEqual(all);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]?.body['variables']).toEqual({ l0: { repositoryId: 'R_9', ...wanted[2] } });
  });

  test('without GraphQL what is known stays, and issues are opened all the same', async () => {
    const asking = client(() => ({ status: 404, json: { message: 'Not Found' } }));
    expect(await ensureLabels(asking, repository, wanted, knownIds('R_9', { stage: 'LA_stage' }))).toEqual({
      stage: 'LA_stage',
    });
    await ensureLabels(asking, repository, wanted, knownIds('R_9'));
    expect(server.asked).toHaveLength(1);
  });

  test('a GitHub that is away is not taken for one without labels', async () => {
    const asking = client(() => ({ status: 502 }));
    await expect(ensureLabels(asking, repository, wanted, knownIds('R_9'))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });
});
