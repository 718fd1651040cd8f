/** What is let go, and what must never be: an inbox that grows for ever, or a comment that is lost before it was read. */
import { expect, test } from 'vitest';
import { saveCheckRun } from '../../src/ledger/check-runs.ts';
import { intake } from '../../src/ledger/intake.ts';
import { markDelivery } from '../../src/ledger/mark-delivery.ts';
import { saveMergeGroup } from '../../src/ledger/merge-groups.ts';
import { promise } from '../../src/ledger/outbox.ts';
import { noteRepairs } from '../../src/ledger/repairs.ts';
import { tidyChecks, tidyDeliveries, tidyGroups, tidyRepairs } from '../../src/ledger/tidy.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { cellar, delivery } from './inbox.ts';

const house = cellar();

test('deliveries read long ago go; unread ones, set aside ones and young ones stay', async () => {
  const { store } = intake(house.db);
  const fates = ['done', 'ignored', 'set_aside', 'new', 'done'] as const;
  const seqs: number[] = [];
  for (const fate of fates) {
    const { seq } = await store(delivery(1));
    seqs.push(seq);
    if (fate !== 'new') await markDelivery(house.db, seq, fate);
  }
  const young = seqs.at(-1);
  await house.db.query(`update deliveries set received_at = now() - interval '31 days' where seq <> $1`, [
    young,
  ]);
  expect(await tidyDeliveries(house.db, 30)).toBe(2);
  const { rows } = await house.db.query<{ state: string }>('select state from deliveries order by seq');
  expect(rows.map((row) => row.state)).toEqual(['set_aside', 'new', 'done']);
  expect(await tidyDeliveries(house.db, 30)).toBe(0);
});

test('letting go of old deliveries does not read all the young ones', async () => {
  await house.db.query(
    `insert into deliveries (guid, event, lane, body, state)
     select 'young ' || n, 'issues', 'subject:1#1', '', 'done' from generate_series(1, 20000) as n`,
  );
  await house.db.query('analyze deliveries');
  await house.db.query('select pg_stat_force_next_flush()');
  const before = await rowsRead();
  expect(await tidyDeliveries(house.db, 30)).toBe(0);
  expect((await rowsRead()) - before).toBeLessThan(15_000);
});

/** Rows of the inbox read so far, by scans and by indexes. */
const rowsRead = async (): Promise<number> => {
  await house.db.query('select pg_stat_force_next_flush()');
  const { rows } = await house.db.query<{ read: number }>(
    `select seq_tup_read + idx_tup_fetch as read from pg_stat_user_tables where relname = 'deliveries'`,
  );
  return rows[0]?.read ?? 0;
};

test('checks on heads nobody works on and repairs nobody asks about go after a while; an open pull request keeps its check', async () => {
  const repair = { repositoryId: 99, epicId: null, object: 'checklist', what: 'title restored', why: 'x' };
  await inTransaction(house.db, (tx) => noteRepairs(tx, [repair, repair]));
  await house.db.query(
    `update repairs set at = now() - interval '91 days' where id = (select min(id) from repairs)`,
  );
  expect(await tidyRepairs(house.db, 90)).toBe(1);
  const long = new Date(Date.now() - 91 * 86_400_000);
  const run = {
    repositoryId: 99,
    checkRunId: 1,
    nodeId: 'CR',
    conclusion: null,
    digest: 'd',
    status: 'in_progress',
  };
  for (const headSha of ['open', 'left']) await saveCheckRun(house.db, { ...run, headSha, createdAt: long });
  await saveCheckRun(house.db, { ...run, headSha: 'young', createdAt: new Date() });
  await house.db.query(
    `insert into pull_requests (repository_id, number, head_sha, base_ref, state, fork, author_id)
     values (99, 1, 'open', 'main', 'open', false, 5), (99, 2, 'left', 'main', 'closed', false, 5)`,
  );
  expect(await tidyChecks(house.db, 90)).toBe(1);
  const { rows } = await house.db.query<{ head_sha: string }>('select head_sha from check_runs order by 1');
  expect(rows.map((row) => row.head_sha)).toEqual(['open', 'young']);
});

test('a merge group goes with the memory of its check; one that waits, or was destroyed lately, stays', async () => {
  const group = { repositoryId: 77, baseSha: 'b', headRef: 'r', number: 1 };
  for (const headSha of ['over', 'waits', 'lately', 'never-ended'])
    await saveMergeGroup(house.db, {
      ...group,
      headSha,
      state: headSha === 'waits' ? 'checks_requested' : 'destroyed',
    });
  const run = {
    repositoryId: 77,
    checkRunId: 1,
    nodeId: 'CR',
    conclusion: null,
    digest: 'd',
    status: 'in_progress',
  };
  await saveCheckRun(house.db, { ...run, headSha: 'lately', createdAt: new Date() });
  const wish = { once: false, lane: 'group:77:waits', key: 'group', kind: 'group' } as const;
  await inTransaction(house.db, (tx) => promise(tx, [wish]));
  expect(await tidyGroups(house.db)).toBe(2);
  const { rows } = await house.db.query<{ head_sha: string }>('select head_sha from merge_groups order by 1');
  expect(rows.map((row) => row.head_sha)).toEqual(['lately', 'waits']);
});
