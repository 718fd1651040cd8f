/** What a person would lose if our requests were not what GitHub's published description says: everything, on the first day. */
import { afterEach, describe, expect, test } from 'vitest';
import type { IssueRef, RepositoryRef } from '../../../src/core/epic/subject.ts';
import { connectGitHub } from '../../../src/github/octokit.ts';
import { ensureLabels } from '../../../src/github/outgoing/ensure-labels.ts';
import { findCheckRuns } from '../../../src/github/outgoing/find-check-runs.ts';
import { findComments } from '../../../src/github/outgoing/find-comments.ts';
import { findIssues } from '../../../src/github/outgoing/find-issues.ts';
import { knownIds } from '../../../src/github/outgoing/ids.ts';
import { readIssue } from '../../../src/github/outgoing/read-issue.ts';
import { send, type WriteResult } from '../../../src/github/outgoing/send.ts';
import type { Write } from '../../../src/github/outgoing/write.ts';
import { type StandIn, type StandInOptions, startGitHub } from '../../world/github/stand-in.ts';
import { seedAcme } from '../../world/github/world.ts';
import { testKey } from '../scripted-server.ts';
import * as make from './writes.ts';

let github: StandIn | undefined;
afterEach(async () => {
  await github?.close();
});

const arrive = async (options: Partial<StandInOptions> = {}) => {
  const standIn = await startGitHub({ appId: 7, webhookSecret: 's', verifyAnswers: true, ...options });
  github = standIn;
  const { shop, installation } = seedAcme(standIn);
  const server = connectGitHub({ appId: 7, privateKey: testKey, apiUrl: standIn.url, throttle: false });
  const repository: RepositoryRef = { id: shop.id, nodeId: shop.nodeId, owner: 'acme', name: 'shop' };
  const head = shop.branches.get('main') ?? '';
  return {
    standIn,
    repository,
    head,
    client: server.installation(installation.id),
    ids: knownIds(shop.nodeId),
  };
};

const wanted = [{ name: 'stage', color: 'ededed', description: 'a stage' }];
const at = <W extends Write>(repository: RepositoryRef, write: W): W => ({ ...write, repository });
const issuesIn = (results: readonly WriteResult[]): readonly IssueRef[] =>
  results.map((one) => {
    if (!one.ok) throw one.failure;
    if (one.result.kind !== 'create-issue') throw new Error(one.result.kind);
    return one.result.issue;
  });
const asked = (standIn: StandIn): string[] =>
  standIn.requests
    .map(({ method, path }) => `${method} ${path}`)
    .filter((one) => !one.includes('/access_tokens'));

describe.each([true, false])('a whole epic, GraphQL %s', (graphql) => {
  const open = async () => {
    const world = await arrive({ features: { graphql } });
    const { standIn, repository, client, ids, head } = world;
    await ensureLabels(client, repository, wanted, ids);
    standIn.clearRequests();
    const stages = ['1', '2', '3', '4', '5', '6', '7'].map((n) => at(repository, make.createIssue(n)));
    const children = issuesIn(await send(client, stages, ids));
    const [checklist, ...rest] = children;
    if (checklist === undefined) throw new Error('nothing was opened');
    const links = [
      ...rest.map((child) => at(repository, make.addSubIssue(checklist, child))),
      ...rest.slice(1).map((child, n) => at(repository, make.addBlockedBy(child, rest[n] ?? checklist))),
      at(repository, make.updateIssue(checklist, { body: 'progress', labels: ['stage'] })),
    ];
    const linked = await send(client, links, ids);
    return { ...world, children, checklist, linked, links, head };
  };

  test('is opened, linked and found again, with the requests it should take', async () => {
    const { standIn, repository, client, children, checklist, linked, ids, links } = await open();
    expect(linked.filter((one) => !one.ok)).toEqual([]);
    expect(asked(standIn)).toHaveLength(graphql ? 2 : 7 + 6 + 5 + 1);
    expect(standIn.state.issues.get(checklist.id)?.subIssues).toEqual(children.slice(1).map(({ id }) => id));
    expect(children.slice(2).map(({ id }) => standIn.state.issues.get(id)?.blockedBy)).toEqual(
      children.slice(1, -1).map(({ id }) => [id]),
    );
    const found = await findIssues(client, repository, { label: 'stage' });
    expect(found.map(({ issue }) => issue).toReversed()).toEqual(children);
    expect(found.every(({ byUs }) => byUs)).toBe(true);
    expect((await send(client, links, ids)).every(({ ok }) => ok)).toBe(true);
    expect(standIn.violations).toEqual([]);
  });

  test('a dependency that was dropped is gone on GitHub too, and dropping it twice is no failure', async () => {
    const { standIn, repository, client, children, ids } = await open();
    const [, first, second] = children;
    if (first === undefined || second === undefined) throw new Error('too few were opened');
    const drop = at(repository, make.removeBlockedBy(second, first));
    for (let times = 0; times < 2; times += 1) {
      expect(await send(client, [drop], ids)).toMatchObject([{ ok: true }]);
      expect(standIn.state.issues.get(second.id)?.blockedBy).toEqual([]);
    }
  });

  test('comments, reactions, checks and closing say what they should', async () => {
    const { standIn, repository, client, ids, head, checklist } = await open();
    const say = at(
      repository,
      make.comment('hello', { number: checklist.number, subjectNodeId: checklist.nodeId }),
    );
    const run = at(repository, make.checkRun({ headSha: head }));
    const close = at(
      repository,
      make.updateIssue(checklist, { state: 'closed', stateReason: 'not_planned' }),
    );
    const [said, ran, closed] = await send(client, [say, run, close], ids);
    expect([said, ran, closed]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    const [comment] = await findComments(client, repository, checklist.number);
    const [found] = await findCheckRuns(client, repository, head);
    expect(said).toMatchObject({ result: { commentId: comment?.commentId, nodeId: comment?.nodeId } });
    expect(ran).toMatchObject({ result: { checkRunId: found?.checkRunId, nodeId: found?.nodeId } });
    expect(found).toMatchObject({ status: 'in_progress', conclusion: null, externalId: 'epic/1' });
    const names = { commentId: comment?.commentId ?? 0, commentNodeId: comment?.nodeId ?? '' };
    const pass = {
      headSha: head,
      status: 'completed',
      conclusion: 'success',
      checkRunId: found?.checkRunId ?? 0,
      nodeId: found?.nodeId ?? '',
    } as const;
    const again = await send(
      client,
      [
        at(repository, make.reaction(names)),
        at(repository, make.reaction(names)),
        at(repository, make.checkRun(pass)),
      ],
      ids,
    );
    expect(again.filter(({ ok }) => !ok)).toEqual([]);
    expect(await findCheckRuns(client, repository, head)).toMatchObject([
      { status: 'completed', conclusion: 'success' },
    ]);
    expect(await readIssue(client, repository, checklist.number)).toMatchObject({
      kind: 'issue',
      state: 'closed',
      body: 'progress',
    });
    expect(standIn.violations).toEqual([]);
  });
});

test('an answer lost after it was applied is found by the marker, so nothing is opened twice', async () => {
  const { standIn, repository, client, ids } = await arrive();
  await ensureLabels(client, repository, wanted, ids);
  standIn.faults.requests.push({ path: '/graphql', text: /createIssue/, fate: 'apply-then-drop' });
  const results = await send(
    client,
    [at(repository, make.createIssue('a')), at(repository, make.createIssue('b'))],
    ids,
  );
  expect(results).toMatchObject([
    { failure: { kind: 'unknown-outcome' } },
    { failure: { kind: 'unknown-outcome' } },
  ]);
  const found = await findIssues(client, repository, { label: 'stage' });
  expect(found.map(({ title }) => title)).toEqual(['b', 'a']);
});

test('a server of before sub-issues and dependencies gets the same epic without links', async () => {
  const { standIn, repository, client, ids } = await arrive({
    features: { graphql: false, subIssues: false, dependencies: false },
  });
  const [one, two] = issuesIn(
    await send(client, [at(repository, make.createIssue('a')), at(repository, make.createIssue('b'))], ids),
  );
  if (one === undefined || two === undefined) throw new Error('nothing was opened');
  const links = [at(repository, make.addSubIssue(one, two)), at(repository, make.addBlockedBy(one, two))];
  expect(await send(client, links, ids)).toMatchObject([
    { result: { skipped: true } },
    { result: { skipped: true } },
  ]);
  standIn.clearRequests();
  await send(client, links, ids);
  expect(standIn.requests).toEqual([]);
});
