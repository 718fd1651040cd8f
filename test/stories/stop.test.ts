/** Told to stop, Gatehouse ends well within ten seconds, whoever keeps it waiting: a deployment is not a crash (issue: operations). */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
}, 60_000);
afterAll(() => play.ends());

const opened = (text: string): Promise<Socket> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(play.house.url);
    const socket = connect(Number(port), hostname, () => socket.write(text, () => resolve(socket)));
    socket.on('error', () => undefined);
  });

test('a GitHub that does not answer and a sender that never ends keep nobody from stopping', async () => {
  await play.starts('feature');
  let hangs = false;
  play.github.faults.requests.push(({ path }) => {
    hangs ||= path === '/graphql';
    return path === '/graphql' ? { delay: 60_000 } : undefined;
  });
  play.person('octo-pm').says(play.stage('1_define'), '/claim');
  await vi.waitFor(() => expect(hangs).toBe(true), { timeout: 10_000 });
  const head = 'POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n';
  const senders = await Promise.all([opened(head), opened(`${head}Content-Length: 9\r\n\r\n{`)]);
  const asked = Date.now();
  expect(await play.house.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(9_500);
  for (const sender of senders) sender.destroy();
  play.github.faults.clear();
  await play.house.start();
  await play.settles();
  expect(play.state('1_define')).toBe('in-progress');
}, 60_000);
