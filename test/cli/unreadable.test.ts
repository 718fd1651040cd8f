/** A ledger that cannot be read is not called changed: 1 is for what does not hold, 2 for what could not be looked at (contract §7). */
import { expect, test } from 'vitest';
import { cellar } from '../ledger/inbox.ts';
import { runGatehouse } from './run-gatehouse.ts';

const house = cellar();

test('a verb that fails on its way says so in one line, and nobody takes it for a finding', async () => {
  await house.db.query(
    'alter table promises rename column given_up to lost; alter table events rename to past',
  );
  for (const verb of ['dead-letters', 'verify', 'retry --all']) {
    const { code, out, talk } = await runGatehouse(verb.split(' '), { DATABASE_URL: house.url });
    expect([verb, code, out]).toEqual([verb, 2, '']);
    expect(talk).toMatch(/^gatehouse: [^\n]+\n$/);
  }
});
