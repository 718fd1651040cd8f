/** What is let go, and what must never be: an inbox that grows for ever, or a comment that is lost before it was read. */
import { expect, test } from 'vitest';
import { intake } from '../../src/ledger/intake.ts';
import { markDelivery } from '../../src/ledger/mark-delivery.ts';
import { tidyDeliveries } from '../../src/ledger/tidy.ts';
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
