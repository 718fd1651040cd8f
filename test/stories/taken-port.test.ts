/** A Gatehouse that cannot open its door says so and goes, with everything it had started. */
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { prepareHouse } from '../world/house.ts';

test('a port that is taken leaves no database server running that nobody will ever stop', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-taken-'));
  await chmod(dir, 0o755);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const env = { GATEHOUSE_DATA: dir, PORT: String(port) };
  const house = await prepareHouse({ githubUrl: 'http://127.0.0.1:9', env });
  try {
    house.launch();
    await vi.waitFor(() => expect(house.isGone()).toBe(true), { timeout: 60_000, interval: 50 });
    expect(house.output()).toContain(`gatehouse: PORT ${port} is already in use`);
    expect(existsSync(join(dir, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(dir, 'postgres', 'postmaster.pid'))).toBe(false);
  } finally {
    await house.kill();
    other.close();
    await rm(dir, { recursive: true, force: true });
  }
}, 90_000);
