/** What a person would lose if a refusal that can be helped were final, or a server without a feature stopped the work. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownIds } from '../../../src/github/outgoing/ids.ts';
import { send } from '../../../src/github/outgoing/send.ts';
import type { Write } from '../../../src/github/outgoing/write.ts';
import { type Script, type ScriptedServer, type Seen, startScripted } from '../scripted-server.ts';
import {
  addBlockedBy,
  addSubIssue,
  checkRun,
  comment,
  createIssue,
  issue,
  reaction,
  removeLabel,
  repository,
  updateIssue,
} from './writes.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(() => server.close());

const ids = () => knownIds(repository.nodeId, { stage: 'LA_stage' });
const summary = (asked: readonly Seen[]): string[] => asked.map(({ method, path }) => `${method} ${path}`);
const at = '/repos/acme/shop';
const made = { status: 201, json: { id: 3_000_000_100, node_id: 'I_100', number: 100 } };
const missing = { status: 404, json: { message: 'Not Found' } };
const invalid = (...errors: object[]) => ({ status: 422, json: { message: 'Validation Failed', errors } });

/** By REST alone. */
const sending = async (script: Script, ...writes: readonly Write[]) => {
  server.script = script;
  const client = server.connect({ timeout: 200 }).installation(1);
  client.features.learn('graphql', 'no');
  return { client, results: await send(client, writes, ids()) };
};
const ok = { ok: true };
const refused = (status: number) => ({ ok: false, failure: { kind: 'refused', status } });

describe('what can be helped', () => {
  test('somebody who left the organisation does not keep a stage from being opened', async () => {
    const script: Script = ({ body }) =>
      String(body['assignees']) === '' ? made : invalid({ field: 'assignees', code: 'invalid' });
    const { results } = await sending(script, createIssue('a', { assignees: [{ id: 5, login: 'left' }] }));
    expect(results).toMatchObject([ok]);
    expect(server.asked.map(({ body }) => body['assignees'])).toEqual([['left'], []]);
  });

  test('a title or body that is too long is cut and the hidden marker kept, before GitHub has to refuse it', async () => {
    const marker = '<!-- gatehouse:v1 key=abc sig=def -->';
    const { results } = await sending(
      () => made,
      createIssue('é'.repeat(300), { body: `${'🙂'.repeat(40_000)}\n${marker}` }),
    );
    const { title, body } = server.asked[0]?.body ?? {};
    expect(results).toMatchObject([ok]);
    expect(server.asked).toHaveLength(1);
    expect(String(title)).toHaveLength(256);
    expect(String(body).length).toBeLessThanOrEqual(65_536);
    expect(String(body)).toContain('cut here');
    expect(String(body).endsWith(marker)).toBe(true);
    expect(String(body).isWellFormed()).toBe(true);
  });

  test('what a check shows is cut by bytes, as GitHub counts it, and no letter is halved', async () => {
    const text = `${'審'.repeat(30_000)}\n<!-- kept -->`;
    const { results } = await sending(() => ({ status: 201, json: { id: 1 } }), checkRun({ text }));
    const shown = String(Object(server.asked[0]?.body['output'])['text']);
    expect(results).toMatchObject([ok]);
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(shown)).toBeGreaterThan(65_000);
    expect(shown).not.toContain('\ufffd');
    expect(shown.endsWith('<!-- kept -->')).toBe(true);
  });

  test('a server that takes less than github.com gets less, and a short text is never touched', async () => {
    const script: Script = ({ body }) =>
      String(body['body']).length > 40_000
        ? invalid({ message: 'body is too long (maximum is 40000 characters)' })
        : made;
    const { results } = await sending(
      script,
      createIssue('a', { body: 'x'.repeat(50_000) }),
      updateIssue(issue(1), { body: 'short' }),
    );
    expect(results).toMatchObject([ok, ok]);
    expect(server.asked).toHaveLength(3);
    expect(server.asked[2]?.body).toEqual({ body: 'short' });
  });

  test('a refusal that cannot be helped is not repeated: GitHub bans who insists', async () => {
    const { results } = await sending(
      () => invalid({ field: 'title', code: 'custom' }),
      createIssue('a'),
      createIssue('b'),
    );
    expect(results).toMatchObject([refused(422), refused(422)]);
    expect(server.asked).toHaveLength(2);
  });

  test('a label that is off already is off; one that a wrong 404 hides is not taken for it', async () => {
    const off =
      (message: string): Script =>
      () => ({ status: 404, json: { message } });
    expect(
      (await sending(off('Label does not exist'), removeLabel(issue(1), 'stage:ready'))).results,
    ).toMatchObject([ok]);
    expect((await sending(off('Not Found'), removeLabel(issue(1), 'stage:ready'))).results).toMatchObject([
      refused(404),
    ]);
  });

  test('a check run that one answer does not find is not made a second time blindly', async () => {
    const script: Script = ({ method }) =>
      method === 'PATCH' ? missing : { status: 201, json: { id: 32, node_id: 'CR_32' } };
    const known = { checkRunId: 31, nodeId: 'CR_31', status: 'completed', conclusion: 'success' } as const;
    const { results } = await sending(script, checkRun(known));
    expect(results).toMatchObject([refused(404)]);
    expect(summary(server.asked)).toEqual([`PATCH ${at}/check-runs/31`]);
  });
});

describe('what is done already', () => {
  test.each([
    ['Issue may not contain duplicate sub-issues', addSubIssue(issue(1), issue(2))],
    ['Sub issue may only have one parent', addSubIssue(issue(1), issue(2))],
    ['Issue is already blocked by this issue', addBlockedBy(issue(1), issue(2))],
  ])('“%s” is no failure, however often it is tried', async (message, write) => {
    const { results } = await sending(() => ({ status: 422, json: { message } }), write);
    expect(results).toMatchObject([{ ok: true, result: { skipped: false } }]);
  });

  test('an epic with more issues than fit under one goes on without that link', async () => {
    const json = { message: 'Parent cannot have more than 100 sub-issues' };
    const { results } = await sending(() => ({ status: 422, json }), addSubIssue(issue(1), issue(2)));
    expect(results).toMatchObject([{ ok: true, result: { skipped: true } }]);
  });

  test.each([
    ['Sub-issues may not be nested more than 8 levels deep', addSubIssue(issue(1), issue(2))],
    ['Issue cannot be blocked by more than 50 issues', addBlockedBy(issue(1), issue(2))],
    ['This would make a circle of dependencies', addBlockedBy(issue(1), issue(2))],
  ])('“%s” stops no epic: links show the order, they do not decide it', async (message, write) => {
    const { results } = await sending(() => invalid({ message }), write);
    expect(results).toMatchObject([{ ok: true, result: { skipped: true } }]);
  });

  test('a reaction that is there already is fine', async () => {
    const { results } = await sending(() => ({ status: 200, json: { id: 1 } }), reaction());
    expect(results).toMatchObject([ok]);
    expect(server.asked[0]).toMatchObject({
      path: `${at}/issues/comments/77/reactions`,
      body: { content: '+1' },
    });
  });
});

describe('servers that lack something', () => {
  const links = [
    addSubIssue(issue(1), issue(2)),
    addSubIssue(issue(1), issue(3)),
    addBlockedBy(issue(3), issue(2)),
  ];

  test('without sub-issues and dependencies the work goes on, and each is asked for once only', async () => {
    const script: Script = ({ method, path }) =>
      method === 'GET' && /issues\/\d+$/.test(path) ? { json: {} } : undefined;
    const { client, results } = await sending(script, ...links);
    expect(results).toMatchObject(Array(3).fill({ ok: true, result: { skipped: true } }));
    const before = server.asked.length;
    await send(client, links, ids());
    expect(server.asked).toHaveLength(before);
    expect(before).toBe(6);
  });

  test('one deleted issue does not switch sub-issues off for everybody', async () => {
    const { client, results } = await sending(() => missing, addSubIssue(issue(1), issue(2)));
    expect(results).toMatchObject([refused(404)]);
    expect(client.features.has('subIssues')).toBe('unknown');
  });

  test('a child that is gone is told apart from a missing endpoint', async () => {
    const script: Script = ({ method }) => (method === 'GET' ? { json: [] } : missing);
    const { client, results } = await sending(script, addSubIssue(issue(1), issue(2)));
    expect(results).toMatchObject([refused(404)]);
    expect(client.features.has('subIssues')).toBe('yes');
  });

  test('a reaction to a review, which only GraphQL has, is left out without a word', async () => {
    const { results } = await sending(() => missing, reaction({ of: 'review', commentNodeId: 'PRR_1' }));
    expect(results).toMatchObject([{ ok: true, result: { skipped: true } }]);
    expect(server.asked).toHaveLength(0);
  });
});

describe('what the caller must know', () => {
  test.each([
    ['a locked conversation', 403, 'Unable to create comment because issue is locked.'],
    ['switched-off issues', 410, 'Issues are disabled for this repo'],
  ])('%s is reported as refused, and the rest goes on', async (_name, status, message) => {
    const script: Script = ({ path }) => (path.endsWith('/comments') ? { status, json: { message } } : made);
    const { results } = await sending(script, comment('hello'), createIssue('next'));
    expect(results).toMatchObject([refused(status), ok]);
  });

  test('a write to a renamed repository is not carried over: 301 and where to', async () => {
    const { results } = await sending(
      () => ({ status: 301, headers: { location: `${server.url}/repositories/9` } }),
      comment('x'),
    );
    expect(results).toMatchObject([
      { ok: false, failure: { status: 301, location: `${server.url}/repositories/9` } },
    ]);
    expect(server.asked).toHaveLength(1);
  });

  test('after an unknown outcome by REST nothing more is sent, and what was not sent says so', async () => {
    const { results } = await sending(() => 'drop', createIssue('a'), createIssue('b'));
    expect(results).toMatchObject([
      { ok: false, failure: { kind: 'unknown-outcome' } },
      { ok: false, failure: { kind: 'unavailable', message: expect.stringContaining('Not sent') } },
    ]);
    expect(server.asked).toHaveLength(1);
  });
});
