/** What the ledger knows of repositories, pull requests, checks and people stays what it was last told. */
import { expect, test } from 'vitest';
import { readCheckRun, saveCheckRun, unfinishedCheckRuns } from '../../src/ledger/check-runs.ts';
import { readConfiguration, saveConfiguration } from '../../src/ledger/configurations.ts';
import { readInstallation, saveInstallation } from '../../src/ledger/installations.ts';
import { openMergeGroups, saveMergeGroup } from '../../src/ledger/merge-groups.ts';
import { pin, readPin } from '../../src/ledger/pins.ts';
import {
  type KnownPullRequest,
  openPullRequests,
  readPullRequest,
  savePullRequest,
} from '../../src/ledger/pull-requests.ts';
import { type EpicRow, getEpic, listEpics, projectEpic } from '../../src/ledger/read-models/epics.ts';
import { countEpics, epicsWithApprover, openEpics } from '../../src/ledger/read-models/live-epics.ts';
import { findRepositories, noteRepository, saveRepository } from '../../src/ledger/repositories.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { cellar } from './inbox.ts';

const house = cellar();

const pull = (number: number, more: Partial<KnownPullRequest> = {}): KnownPullRequest => ({
  repositoryId: 99,
  number,
  headSha: 'a'.repeat(40),
  baseRef: 'main',
  state: 'open',
  fork: false,
  authorId: 5,
  draft: false,
  epicId: null,
  stage: null,
  link: 'none',
  updatedSeq: 10,
  ...more,
});

test('a delivery that comes late does not turn a pull request back to an older head', async () => {
  expect(await savePullRequest(house.db, pull(1))).toBe(true);
  expect(await savePullRequest(house.db, pull(1, { headSha: 'old', updatedSeq: 9 }))).toBe(false);
  expect(await savePullRequest(house.db, pull(1, { headSha: 'asked', updatedSeq: 0 }))).toBe(true);
  expect((await readPullRequest(house.db, 99, 1))?.headSha).toBe('asked');
  expect(await savePullRequest(house.db, pull(1, { headSha: 'old', updatedSeq: 9 }))).toBe(false);
});

test('every open pull request of a head gets its check, and no closed one', async () => {
  await savePullRequest(house.db, pull(11, { headSha: 'same' }));
  await savePullRequest(house.db, pull(12, { headSha: 'same' }));
  await savePullRequest(house.db, pull(13, { headSha: 'same', state: 'closed' }));
  expect((await openPullRequests(house.db, 99, 'same')).map(({ number }) => number)).toEqual([11, 12]);
  expect((await openPullRequests(house.db, 99)).map(({ number }) => number)).toEqual([1, 11, 12]);
});

test('a check that would go stale is found in time, behind however many heads that were pushed over; a finished one is left alone', async () => {
  const run = {
    repositoryId: 99,
    checkRunId: 1,
    nodeId: 'CR',
    conclusion: null,
    digest: 'd',
    createdAt: new Date('2026-01-01'),
  };
  for (const [index, headSha] of ['waiting', 'fine', 'young'].entries())
    await savePullRequest(house.db, pull(21 + index, { headSha }));
  for (const headSha of ['pushed over', 'pushed over again'])
    await saveCheckRun(house.db, {
      ...run,
      headSha,
      status: 'in_progress',
      createdAt: new Date('2025-12-01'),
    });
  await saveCheckRun(house.db, { ...run, headSha: 'waiting', status: 'in_progress' });
  await saveCheckRun(house.db, { ...run, headSha: 'fine', status: 'completed', conclusion: 'success' });
  await saveCheckRun(house.db, {
    ...run,
    headSha: 'young',
    status: 'in_progress',
    createdAt: new Date('2026-02-01'),
  });
  const stale = await unfinishedCheckRuns(house.db, new Date('2026-01-15'), 2);
  expect(stale.map(({ headSha }) => headSha)).toEqual(['waiting']);
  expect(await readCheckRun(house.db, 99, 'fine')).toMatchObject({
    conclusion: 'success',
    createdAt: run.createdAt,
  });
});

test('a merge group that was destroyed waits for nothing any more', async () => {
  const group = { repositoryId: 99, headSha: 'g', baseSha: 'b', headRef: 'q/main/pr-1', number: 1 };
  await saveMergeGroup(house.db, { ...group, state: 'checks_requested' });
  expect(await openMergeGroups(house.db, 99)).toHaveLength(1);
  await saveMergeGroup(house.db, { ...group, state: 'destroyed' });
  expect(await openMergeGroups(house.db, 99)).toEqual([]);
});

const rocket = {
  id: 99,
  nodeId: 'R',
  owner: 'Acme',
  name: 'Rocket',
  defaultBranch: 'main',
  installationId: 7,
  private: true,
};

test('a repository that is renamed keeps what was asked of it; what did not change writes nothing', async () => {
  expect(await saveRepository(house.db, rocket)).toBe(true);
  expect(await saveRepository(house.db, rocket)).toBe(false);
  await noteRepository(house.db, 99, { labels: { bug: 'LA_1' }, headCommit: 'c1' });
  expect(await saveRepository(house.db, { ...rocket, name: 'Starship' })).toBe(true);
  const [found] = await findRepositories(house.db, { owner: 'acme', name: 'starship' });
  expect(found).toEqual({ ...rocket, name: 'Starship', labels: { bug: 'LA_1' }, headCommit: 'c1' });
});

test('the head of another default branch is not taken for the head of the new one', async () => {
  await saveRepository(house.db, { ...rocket, id: 98 });
  await noteRepository(house.db, 98, { headCommit: 'c1' });
  await saveRepository(house.db, { ...rocket, id: 98, defaultBranch: 'trunk' });
  const [found] = await findRepositories(house.db, { id: 98 });
  expect(found?.headCommit).toBeNull();
});

test('an installation that was suspended is known as suspended', async () => {
  await saveInstallation(house.db, { id: 7, account: 'acme', state: 'active' });
  expect(await saveInstallation(house.db, { id: 7, account: 'acme', state: 'suspended' })).toBe(true);
  expect(await readInstallation(house.db, 7)).toEqual({ id: 7, account: 'acme', state: 'suspended' });
});

test('a login that somebody else takes over keeps naming the person it first named', async () => {
  const name = { repositoryId: 99, kind: 'user', name: 'Octo-PM' } as const;
  expect(await readPin(house.db, name)).toBeUndefined();
  const answers = await Promise.all([11, 12, 13].map((id) => pin(house.db, { ...name, id })));
  expect(new Set(answers).size).toBe(1);
  expect(await pin(house.db, { ...name, name: 'octo-pm', id: 666 })).toBe(answers[0]);
  expect(await readPin(house.db, name)).toBe(answers[0]);
});

test('configuration files come back exactly as read', async () => {
  const found = {
    repositoryId: 99,
    source: 'repository',
    commit: 'c1',
    etag: 'W/"1"',
    files: { '.github/gatehouse.yml': { text: 'roles:\n\0 \ud800\r\n', sha: 's' } },
    readAt: new Date('2026-01-01'),
  } as const;
  await saveConfiguration(house.db, found);
  expect(await readConfiguration(house.db, 99, 'repository')).toEqual(found);
  expect(await readConfiguration(house.db, 99, 'owner')).toBeUndefined();
});

const row = (id: string, more: Partial<EpicRow> = {}): EpicRow => ({
  id,
  repositoryId: 99,
  number: Number(id),
  title: `Epic ${id}`,
  workflow: 'feature',
  status: 'running',
  version: 1,
  openedAt: new Date('2026-01-01'),
  updatedAt: new Date(`2026-01-0${id}`),
  summary: { done: 0 },
  liveApprovers: [],
  nextAlarm: null,
  ...more,
});

test('lists show every epic once, the last changed first, page by page', async () => {
  const rows = [
    row('1'),
    row('2', { title: 'NUL \0' }),
    row('3', { status: 'done' }),
    row('4'),
    row('5', { liveApprovers: [7, 8] }),
  ];
  await inTransaction(house.db, async (tx) => {
    for (const one of rows) await projectEpic(tx, one, 1);
  });
  const first = await listEpics(house.db, { limit: 2 });
  const last = first[1];
  const rest = await listEpics(house.db, { limit: 9, before: last });
  expect([...first, ...rest].map(({ id }) => id)).toEqual(['5', '4', '3', '2', '1']);
  expect((await listEpics(house.db, { status: 'done', limit: 9 })).map(({ id }) => id)).toEqual(['3']);
  expect(await countEpics(house.db)).toEqual({ running: 4, paused: 0, done: 1, cancelled: 0 });
  expect((await openEpics(house.db, '2')).map(({ id }) => id)).toEqual(['4', '5']);
});

test('somebody who leaves the team is found at every open gate, and at no closed one', async () => {
  await inTransaction(house.db, (tx) =>
    projectEpic(tx, row('6', { liveApprovers: [8], status: 'cancelled' }), 1),
  );
  expect((await epicsWithApprover(house.db, 8)).map(({ id }) => id)).toEqual(['5']);
  expect(await epicsWithApprover(house.db, 9)).toEqual([]);
});

test('an older row does not overwrite a newer one', async () => {
  await inTransaction(house.db, (tx) => projectEpic(tx, row('7', { version: 3, title: 'new' }), 1));
  await inTransaction(house.db, (tx) => projectEpic(tx, row('7', { version: 2, title: 'old' }), 1));
  expect((await getEpic(house.db, '7'))?.title).toBe('new');
});
