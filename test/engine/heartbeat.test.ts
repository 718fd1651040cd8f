/** A process whose lanes others may have taken writes nothing more, or an issue is made twice (threats F08). */
import { afterEach, expect, test, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { startHeart } from '../../src/engine/heartbeat.ts';
import { cellar } from '../ledger/inbox.ts';

const house = cellar();
afterEach(() => vi.useRealTimers());

const heart = () => startHeart({ id: house.db.id, version: 'test' });
const engine = (): Engine => ({ db: house.db, log: { warn: () => {} } }) as unknown as Engine;

test.each([
  ['stood still', 'performance'],
  ['slept with its machine, whose monotonic clock slept too', 'Date'],
] as const)('F08: a process that %s does not write before it has shown itself again', async (_, clock) => {
  vi.useFakeTimers({ toFake: [clock] });
  const { alive, beat, stop } = heart();
  expect(alive()).toBe(true);
  vi.advanceTimersByTime(21_000);
  expect(alive()).toBe(false);
  await beat(engine());
  expect(alive()).toBe(true);
  await stop(engine());
});

test('F08: a clock that is set back extends nobody’s lease', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const { alive } = heart();
  vi.advanceTimersByTime(21_000);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect(alive()).toBe(false);
});

test.each([-86_400_000, -3_600_000, 3_600_000, 86_400_000])(
  'F52: a clock that is %i ms off, or set so while it runs, ends nobody’s deadline early or late: time is the database’s',
  async (off) => {
    const real = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: real + off });
    const { beat, now, stop } = heart();
    await beat(engine());
    expect(Math.abs(now().getTime() - real)).toBeLessThan(5_000);
    vi.setSystemTime(real - 2 * off);
    expect(Math.abs(now().getTime() - real)).toBeLessThan(5_000);
    await stop(engine());
  },
);
