/** Two Gatehouses on one database, and ends and beginnings of either: nobody wins a claim twice, nothing is made twice, nothing stops. */
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type House, prepareHouse } from '../world/house.ts';
import type { Play } from '../world/play.ts';
import { freshBranch, holdsAtTheEnd, openScene, planned, submitted, verdict } from './pull-requests-scene.ts';

let play: Play;
let twin: House;
const bodyOf = async (request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
};

/** Hands every webhook to both at the same time; GitHub is told the better of both answers. */
const fork = createServer((request, response) => {
  const tell = async (): Promise<void> => {
    const body = await bodyOf(request);
    const { host: _, connection: __, 'content-length': ___, ...kept } = request.headers;
    const headers = Object.entries(kept).map(([name, value]): [string, string] => [name, String(value)]);
    const targets = [play.house.webhooks, twin.webhooks];
    const answers = targets.map((url) =>
      fetch(url, { method: 'POST', headers, body }).then(
        (answer) => answer.status,
        () => 502,
      ),
    );
    response.writeHead(Math.min(...(await Promise.all(answers)))).end();
  };
  tell().catch(() => response.destroy());
});

/** Tries until it holds, for at most ten seconds. */
const eventually = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 10_000, interval: 20 });

beforeAll(async () => {
  play = await openScene();
  twin = await prepareHouse({ githubUrl: play.github.url, databaseUrl: play.databaseUrl });
  await twin.start();
  await new Promise<void>((resolve) => fork.listen(0, '127.0.0.1', resolve));
  const address = fork.address();
  play.github.webhookTarget = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterAll(async () => {
  holdsAtTheEnd(play);
  await twin.stop();
  fork.close();
  await play.ends();
});

test('of ten people who claim at once, one gets the stage and each of the others is told why not, once', async () => {
  const stage = await planned(play);
  const crowd = ['octo-eng', 'octo-eng2'];
  const comments = Array.from({ length: 10 }, (_, index) => {
    const login = crowd[index % 2] ?? 'octo-eng';
    return { login, comment: play.person(login).says(stage, '/claim') };
  });
  await play.settles();
  const reactions = comments.map(({ comment }) => play.reactions(comment).join());
  expect(reactions.filter((one) => one === '+1')).toHaveLength(1);
  expect(reactions.filter((one) => one === 'confused')).toHaveLength(9);
  const replies = play.comments(stage).filter((one) => !comments.some(({ comment }) => comment === one));
  expect(replies).toHaveLength(9);
  const winner = comments.find(({ comment }) => play.reactions(comment).includes('+1'));
  expect(stage.assignees).toEqual([play.person(winner?.login ?? '').user.id]);
});

test('an epic started before two Gatehouses at once has one checklist and one issue per stage', async () => {
  const epics = Array.from({ length: 4 }, (_, index) => {
    const epic = play.person('octo-pm').opensIssue({ title: `Burst ${index}` });
    play.person('octo-pm').labels(epic, 'workflow:feature');
    return epic;
  });
  await play.settles();
  for (const epic of epics) {
    const titles = [...play.github.state.issues.values()]
      .map((one) => one.title)
      .filter((title) => title !== epic.title && title.includes(epic.title));
    expect(titles).toHaveLength(7);
    expect(new Set(titles).size).toBe(7);
  }
});

test('T36: every command of a busy gate is answered once, whichever of the two reads it', async () => {
  const stage = await planned(play);
  const eng = play.person('octo-eng');
  eng.says(stage, '/claim');
  const pull = eng.opensPullRequest({
    title: 'Ours',
    body: `Stage: #${stage.number}`,
    branch: freshBranch(),
  });
  eng.says(stage, '/submit');
  const before = play.comments(stage).length;
  await play.settles();
  const asked = ['octo-em', 'octo-em2', 'octo-pm', 'octo-qa'].map((login) =>
    play.person(login).says(stage, '/status'),
  );
  play.person('octo-em').reviews(pull, 'APPROVED');
  await play.settles();
  expect(play.comments(stage)).toHaveLength(before + 2 * asked.length);
  expect(verdict(play, pull)).toBe('success');
  const runs = [...play.github.state.checkRuns.values()].filter((run) => run.headSha === pull.pull?.headSha);
  expect(runs.filter((run) => run.name === 'gatehouse')).toHaveLength(1);
});

test('when one is killed in the middle of its work the other goes on within ten seconds', async () => {
  const stage = await planned(play);
  for (const login of ['octo-eng', 'octo-eng2']) play.person(login).says(stage, '/claim');
  play.person('octo-pm').says(stage, '/status');
  const epic = play.person('octo-pm').opensIssue({ title: 'Orphan' });
  play.person('octo-pm').labels(epic, 'workflow:feature');
  const seen = play.github.requests.length;
  while (play.github.requests.length < seen + 3) await new Promise((resolve) => setImmediate(resolve));
  await play.house.kill();
  const died = Date.now();
  await play.settles();
  expect(Date.now() - died).toBeLessThan(10_000);
  expect(play.state('6_launch')).toBe('waiting');
  expect(['in-progress']).toContain(
    play
      .labels(stage)
      .find((one) => one.startsWith('stage:'))
      ?.slice(6),
  );
});

test('a Gatehouse told to stop ends cleanly with work in hand, and the next one finishes it', async () => {
  const epic = play.person('octo-pm').opensIssue({ title: 'Handover' });
  play.person('octo-pm').labels(epic, 'workflow:feature');
  const seen = play.github.requests.length;
  while (play.github.requests.length < seen + 2) await new Promise((resolve) => setImmediate(resolve));
  expect(await twin.stop()).toBe(0);
  await Promise.all([play.house.start(), twin.start()]);
  await play.settles();
  expect(play.checklist().title).toBe('[feature] Handover');
  expect(play.state('6_launch')).toBe('waiting');
});

test('a review and a push whose webhooks were never sent are found by the next look at GitHub', async () => {
  const attentive = await openScene({ env: { GATEHOUSE_RECONCILE_EVERY: '1s' } });
  try {
    const { stage, pull } = await submitted(attentive);
    const { webhooks } = attentive.github.faults;
    webhooks.push({ event: 'pull_request_review', times: 9, fate: 'vanished' });
    const review = attentive.person('octo-em').reviews(pull, 'APPROVED');
    await eventually(() => expect(verdict(attentive, pull)).toBe('success'));
    attentive.person('octo-em').dismisses(review);
    await eventually(() => expect(verdict(attentive, pull)).toBe('in_progress'));
    webhooks.push({ event: 'pull_request', times: 9, fate: 'vanished' });
    attentive.person('octo-eng').pushes(pull);
    await eventually(() => expect(verdict(attentive, pull)).toBe('in_progress'));
    attentive.person('octo-em').reviews(pull, 'CHANGES_REQUESTED', 'Not like this.');
    await eventually(() => expect(verdict(attentive, pull)).toBe('failure'));
    expect(stage.body).toContain('Not like this.');
    attentive.person('octo-eng').closesPullRequest(pull);
    await attentive.says('octo-eng', stage, '/submit');
    await eventually(() => expect(attentive.state('2_build')).toBe('in-review'));
    holdsAtTheEnd(attentive);
  } finally {
    await attentive.ends();
  }
});

test('a delivery that is coming in while Gatehouse is told to stop is answered, and does not keep it from ending', async () => {
  const { hostname, port } = new URL(twin.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  const head = ['POST /api/github/webhooks HTTP/1.1', `Host: ${hostname}`, 'Content-Length: 2', '', '{'];
  await new Promise<void>((resolve) => socket.write(head.join('\r\n'), () => resolve()));
  await fetch(`${twin.url}/healthz`);
  const stopped = twin.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.write('}');
  const asked = Date.now();
  expect(await stopped).toBe(0);
  expect(Date.now() - asked).toBeLessThan(5_000);
  expect(answer).toContain('401');
  socket.destroy();
  await twin.start();
});
