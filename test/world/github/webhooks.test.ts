/** The stand-in's webhooks: signed, uniquely named, and sent again only on request. */
import { verify } from '@octokit/webhooks-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asApp } from './caller.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type StandIn, startGitHub } from './stand-in.ts';
import { seedAcme } from './world.ts';

const SECRET = 'between us';
let github: StandIn;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  github = await startGitHub({ appId: 7, webhookSecret: SECRET, verifyAnswers: true });
  seedAcme(github);
});

afterEach(async () => {
  await github.close();
  await receiver.close();
  expect(github.violations).toEqual([]);
});

const events = () =>
  receiver.heard.map(({ headers, text }) => `${headers['x-github-event']}.${JSON.parse(text).action}`);
const guids = () => receiver.heard.map(({ headers }) => headers['x-github-delivery']);

test('a forged webhook would pass if the signature were not over the exact bytes sent', async () => {
  github.webhookTarget = receiver.url;
  github.person('octo-pm').opensIssue({ title: 'Grüße 🎉', labels: ['workflow:feature'] });
  await github.settled();
  expect(events()).toEqual(['issues.opened', 'issues.labeled']);
  for (const { headers, text } of receiver.heard) {
    const signature = String(headers['x-hub-signature-256']);
    expect(await verify(SECRET, text, signature)).toBe(true);
    expect(await verify(SECRET, `${text} `, signature)).toBe(false);
  }
});

test('two webhooks in the same millisecond would be taken for one if their GUIDs were not unique', async () => {
  github.webhookTarget = receiver.url;
  const pm = github.person('octo-pm');
  for (let i = 0; i < 50; i += 1) pm.opensIssue({ title: `idea ${i}` });
  await github.settled();
  expect(new Set(guids()).size).toBe(50);
});

test('nothing is sent while nobody listens, and nothing is lost when somebody does', async () => {
  github.person('octo-pm').opensIssue({ title: 'early' });
  await github.settled();
  expect(receiver.heard).toHaveLength(0);
  github.webhookTarget = receiver.url;
  await github.settled();
  expect(events()).toEqual(['issues.opened']);
});

test('a failed webhook stays lost until it is asked for again, under the same GUID', async () => {
  receiver.answerWith(503);
  github.webhookTarget = receiver.url;
  github.person('octo-pm').opensIssue({ title: 'while we were down' });
  await github.settled();
  const app = asApp(github);
  const failed = await app('GET', '/app/hook/deliveries?status=failure');
  expect(failed.list).toMatchObject([{ status_code: 503, redelivery: false }]);
  expect(receiver.heard).toHaveLength(1);
  receiver.answerWith(200);
  const again = await app('POST', `/app/hook/deliveries/${String(failed.list[0]?.['id'])}/attempts`);
  expect(again.status).toBe(202);
  await github.settled();
  expect(receiver.heard).toHaveLength(2);
  expect(new Set(guids()).size).toBe(1);
  const log = await app('GET', '/app/hook/deliveries');
  expect(log.list).toMatchObject([{ status: 'OK', redelivery: true }, { status_code: 503 }]);
});

test('what the network does to webhooks can be rehearsed: lost, vanished, doubled, late, reordered', async () => {
  github.webhookTarget = receiver.url;
  github.faults.webhooks.push(
    { event: 'issue_comment', match: (one) => one.text.includes('first'), fate: 'lost' },
    { event: 'issue_comment', match: (one) => one.text.includes('second'), fate: 'vanished' },
    { event: 'issue_comment', match: (one) => one.text.includes('third'), fate: 'doubled' },
    { event: 'issue_comment', match: (one) => one.text.includes('fourth'), fate: { late: 60 } },
    { event: 'issue_comment', match: (one) => one.text.includes('fifth'), fate: 'reordered' },
  );
  const pm = github.person('octo-pm');
  const issue = pm.opensIssue({ title: 'talk' });
  for (const word of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) pm.says(issue, word);
  await github.settled();
  const words = receiver.heard.slice(1).map(({ text }) => JSON.parse(text).comment.body);
  expect(words).toEqual(['third', 'third', 'sixth', 'fifth', 'fourth']);
  expect(guids()[1]).toBe(guids()[2]);
  const bodies = github.deliveries.map((one) => one.text);
  expect(bodies.some((text) => text.includes('first'))).toBe(true);
  expect(bodies.some((text) => text.includes('second'))).toBe(false);
});

test('an uninstalled app hears nothing more', async () => {
  github.webhookTarget = receiver.url;
  const admin = github.person('octo-admin');
  const [installation] = github.state.installations.values();
  if (installation === undefined) throw new Error('acme is not seeded');
  admin.uninstalls(installation);
  github.person('octo-pm').opensIssue({ title: 'silence' });
  await github.settled();
  expect(events()).toEqual(['installation.deleted']);
});
