/** What a person would lose if writes cost too many requests, came in the wrong order or were said to have happened. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IssueRef } from '../../../src/core/epic/subject.ts';
import { knownIds } from '../../../src/github/outgoing/ids.ts';
import { send, type WriteResult } from '../../../src/github/outgoing/send.ts';
import type { Write } from '../../../src/github/outgoing/write.ts';
import { type Script, type ScriptedServer, type Seen, startScripted } from '../scripted-server.ts';
import {
  addBlockedBy,
  addSubIssue,
  checkRun,
  comment,
  createIssue,
  issue,
  repository,
  updateIssue,
} from './writes.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(() => server.close());

const ids = () => knownIds(repository.nodeId, { stage: 'LA_stage' });
const names = (seen: Seen): string[] =>
  [...String(seen.body['query'] ?? '').matchAll(/^ {2}w\d+: (\w+)/gm)].map((match) => match[1] ?? '');
const summary = (asked: readonly Seen[]): string[] => asked.map(({ method, path }) => `${method} ${path}`);

type Field = { data?: unknown; error?: object };
/** A GraphQL server whose every mutation succeeds, unless `field` says otherwise for one alias. */
const graphql =
  (field: (name: string, alias: string) => Field | undefined = () => undefined): Script =>
  (seen) => {
    if (seen.path !== '/graphql') return undefined;
    const data: Record<string, unknown> = {};
    const errors: object[] = [];
    for (const [at, name] of names(seen).entries()) {
      const said = field(name, `w${at}`);
      const number = 100 + at;
      const good = {
        createIssue: { issue: { id: `I_${number}`, databaseId: 3_000_000_000 + number, number } },
        createCheckRun: { checkRun: { id: 'CR_1', databaseId: 31 } },
        updateCheckRun: { checkRun: { id: 'CR_1', databaseId: 31 } },
        addComment: { commentEdge: { node: { id: 'IC_1', databaseId: 41 } } },
      };
      data[`w${at}`] =
        said === undefined
          ? (Object.entries(good).find(([one]) => one === name)?.[1] ?? {})
          : (said.data ?? null);
      if (said?.error !== undefined) errors.push({ path: [`w${at}`], message: 'no', ...said.error });
    }
    return { json: errors.length === 0 ? { data } : { data, errors } };
  };

const noGraphql: Script = ({ method, path }) => {
  if (path === '/graphql') return { status: 404, json: { message: 'Not Found' } };
  if (path.endsWith('/check-runs')) return { status: 201, json: { id: 31, node_id: 'CR_1' } };
  const number = 100;
  return {
    status: method === 'POST' ? 201 : 200,
    json: { id: 3_000_000_100, node_id: `I_${number}`, number },
  };
};

const sending = (script: Script, writes: readonly Write[], known = ids()) => {
  server.script = script;
  const client = server.connect({ timeout: 200 }).installation(1);
  return { client, results: send(client, writes, known) };
};

const issueOf = (result: WriteResult | undefined): IssueRef => {
  if (result?.ok !== true || result.result.kind !== 'create-issue')
    throw new Error(`no issue: ${JSON.stringify(result)}`);
  return result.result.issue;
};
const kinds = (results: readonly WriteResult[]) => results.map((one) => (one.ok ? 'ok' : one.failure.kind));

const stages = [1, 2, 3, 4, 5, 6, 7];
const opening = () => stages.map((n) => createIssue(`stage ${n}`));
const linking = (children: readonly IssueRef[]): Write[] => [
  ...children.map((child) => addSubIssue(issue(1), child)),
  ...children.slice(2).map((child, at) => addBlockedBy(child, children[at + 1] ?? issue(9))),
  updateIssue(issue(1), { body: 'all stages' }),
];

describe('the price of an epic', () => {
  test('opening seven stages costs two GraphQL documents, links, dependencies and the checklist included', async () => {
    const { client, results } = sending(graphql(), opening());
    const children = (await results).map(issueOf);
    const second = await send(client, linking(children), ids());
    expect(summary(server.asked)).toEqual(['POST /graphql', 'POST /graphql']);
    expect(server.asked.map(names)).toEqual([
      Array(7).fill('createIssue'),
      [...Array(7).fill('addSubIssue'), ...Array(5).fill('addBlockedBy'), 'updateIssue'],
    ]);
    expect(children.map(({ number }) => number)).toEqual([100, 101, 102, 103, 104, 105, 106]);
    expect(kinds(second)).toEqual(Array(13).fill('ok'));
  });

  test('without GraphQL it is one request each, in the same order, and GraphQL is tried once only', async () => {
    const { client, results } = sending(noGraphql, opening());
    const children = (await results).map(issueOf);
    await send(client, linking(children), ids());
    const at = '/repos/acme/shop/issues';
    expect(summary(server.asked)).toEqual([
      'POST /graphql',
      ...Array(7).fill(`POST ${at}`),
      ...Array(7).fill(`POST ${at}/1/sub_issues`),
      ...Array(5).fill(`POST ${at}/100/dependencies/blocked_by`),
      `PATCH ${at}/1`,
    ]);
    expect(server.asked[8]?.body).toEqual({ sub_issue_id: 3_000_000_100, replace_parent: true });
  });

  test('nothing to write is no request', async () => {
    const { results } = sending(graphql(), []);
    expect(await results).toEqual([]);
    expect(server.asked).toHaveLength(0);
    expect(server.minted).toHaveLength(0);
  });

  test('a hundred checks are five documents of twenty', async () => {
    const { results } = sending(
      graphql(),
      Array.from({ length: 100 }, (_, n) => checkRun({ key: `c${n}`, checkRunId: n, nodeId: `CR_${n}` })),
    );
    expect(kinds(await results)).toEqual(Array(100).fill('ok'));
    expect(server.asked.map((seen) => names(seen).length)).toEqual([20, 20, 20, 20, 20]);
  });

  test('what somebody wrote is never part of the document’s text, where it could be code', async () => {
    const evil = '"}) { id } } mutation { deleteRepository(input: {';
    const { results } = sending(graphql(), [
      createIssue(evil),
      updateIssue(issue(1), { body: evil, title: evil }),
    ]);
    await results;
    expect(String(server.asked[0]?.body['query'])).not.toContain('deleteRepository');
    expect(server.asked[0]?.body['variables']).toMatchObject({ w0: { title: evil }, w1: { body: evil } });
  });
});

describe('when ids are missing', () => {
  test('a label or an assignee without a node id goes by REST, where names do; the others stay batched and in order', async () => {
    const writes = [
      createIssue('a'),
      createIssue('b', { labels: ['new'] }),
      createIssue('c', { assignees: [{ id: 5, login: 'ann' }] }),
      createIssue('d', { assignees: [{ id: 5, login: 'ann', nodeId: 'U_5' }] }),
    ];
    const { results } = sending((seen) => graphql()(seen) ?? noGraphql(seen), writes);
    expect(kinds(await results)).toEqual(Array(4).fill('ok'));
    expect(summary(server.asked)).toEqual([
      'POST /graphql',
      'POST /repos/acme/shop/issues',
      'POST /repos/acme/shop/issues',
      'POST /graphql',
    ]);
    expect(server.asked[2]?.body).toMatchObject({ title: 'c', assignees: ['ann'], labels: ['stage'] });
  });

  test('closing as not planned, which GraphQL’s update cannot say, still takes one request', async () => {
    const write = updateIssue(issue(4), { state: 'closed', stateReason: 'not_planned' });
    const { results } = sending((seen) => graphql()(seen) ?? noGraphql(seen), [write]);
    await results;
    expect(summary(server.asked)).toEqual(['PATCH /repos/acme/shop/issues/4']);
    expect(server.asked[0]?.body).toEqual({ state: 'closed', state_reason: 'not_planned' });
  });

  test('a label somebody deleted is forgotten and made again, and only its issue costs a second request', async () => {
    const known = ids();
    const gone = {
      error: { type: 'NOT_FOUND', message: "Could not resolve to a node with the global id of 'LA_stage'" },
    };
    const script: Script = (seen) =>
      graphql((_name, alias) => (alias === 'w1' ? gone : undefined))(seen) ?? noGraphql(seen);
    const { results } = sending(script, [createIssue('a', { labels: [] }), createIssue('b')], known);
    expect(kinds(await results)).toEqual(['ok', 'ok']);
    expect(summary(server.asked)).toEqual(['POST /graphql', 'POST /repos/acme/shop/issues']);
    expect(known.labels).toEqual({});
  });
});

describe('when something fails', () => {
  test('one refused alias does not take its neighbours along', async () => {
    const forbidden = { error: { type: 'FORBIDDEN', message: 'Resource not accessible by integration' } };
    const { results } = sending(
      graphql((_n, alias) => (alias === 'w1' ? forbidden : undefined)),
      [createIssue('a'), createIssue('b'), createIssue('c')],
    );
    const all = await results;
    expect(kinds(all)).toEqual(['ok', 'refused', 'ok']);
    expect(all.map(({ key }) => key)).toEqual(['create a', 'create b', 'create c']);
  });

  test.each<[string, Script]>([
    ['a dropped connection', () => 'drop'],
    ['half an answer', () => 'cut'],
    [
      'GitHub’s own timeout',
      () => ({
        json: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
      }),
    ],
    ['502', () => ({ status: 502, html: 'Bad gateway' })],
  ])(
    'after %s a creation may have happened, an update may be repeated, and nothing more is sent',
    async (_name, script) => {
      const writes = [
        createIssue('a'),
        updateIssue(issue(1), { body: 'x' }),
        comment('hello'),
        ...Array.from({ length: 20 }, (_, n) => createIssue(`more ${n}`)),
      ];
      const { results } = sending(script, writes);
      expect(kinds(await results).slice(0, 4)).toEqual([
        'unknown-outcome',
        'unavailable',
        'unknown-outcome',
        'unknown-outcome',
      ]);
      expect(kinds(await results).slice(20)).toEqual(['unavailable', 'unavailable', 'unavailable']);
      expect(server.asked).toHaveLength(1);
    },
  );

  test('an alias whose answer has no id is looked for, not repeated', async () => {
    const { results } = sending(
      graphql(() => ({ data: { issue: { id: 'I_1', databaseId: null, number: 1 } } })),
      [createIssue('a')],
    );
    expect(kinds(await results)).toEqual(['unknown-outcome']);
  });

  test('a limit stops everything behind it, and says until when', async () => {
    const script: Script = ({ path }) =>
      path.endsWith('/access_tokens')
        ? undefined
        : { status: 403, headers: { 'retry-after': '40' }, json: { message: 'secondary rate limit' } };
    const { results } = sending(
      script,
      Array.from({ length: 25 }, (_, n) => createIssue(`${n}`)),
    );
    expect(new Set(kinds(await results))).toEqual(new Set(['limited']));
    for (const one of await results) expect(one.ok || one.failure.until).toBeGreaterThan(Date.now() + 30_000);
    expect(server.asked).toHaveLength(1);
  });

  test('“submitted too quickly” within a document is a limit, not an unknown outcome', async () => {
    const quick = { error: { type: 'UNPROCESSABLE', message: 'was submitted too quickly' } };
    const { results } = sending(
      graphql((_n, alias) => (alias === 'w1' ? quick : undefined)),
      [createIssue('a'), createIssue('b')],
    );
    expect(kinds(await results)).toEqual(['ok', 'limited']);
  });

  test('a mutation this server does not know goes by REST from then on; the known ones stay in one document', async () => {
    const unknown = {
      errors: [
        {
          message: "Field 'addBlockedBy' doesn't exist on type 'Mutation'",
          extensions: { code: 'undefinedField', typeName: 'Mutation', fieldName: 'addBlockedBy' },
        },
        { message: "AddBlockedByInput isn't a defined input type (on $w1)" },
      ],
    };
    const script: Script = (seen) =>
      names(seen).includes('addBlockedBy') ? { json: unknown } : (graphql()(seen) ?? noGraphql(seen));
    const writes = [addSubIssue(issue(1), issue(2)), addBlockedBy(issue(3), issue(2))];
    const { client, results } = sending(script, writes);
    expect(kinds(await results)).toEqual(['ok', 'ok']);
    await send(client, writes, ids());
    expect(summary(server.asked)).toEqual([
      'POST /graphql',
      'POST /graphql',
      'POST /repos/acme/shop/issues/3/dependencies/blocked_by',
      'POST /graphql',
      'POST /repos/acme/shop/issues/3/dependencies/blocked_by',
    ]);
  });
});

describe('a document that was too much for GitHub', () => {
  const updates = Array.from({ length: 12 }, (_, at) => updateIssue(issue(at + 1), { body: 'now' }));
  const exceeded = { type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' };
  const tooMuch: Script = (seen) =>
    names(seen).length > 4 ? { json: { data: null, errors: [exceeded] } } : graphql()(seen);
  const tooSlow: Script = (seen) =>
    names(seen).length > 4 ? { status: 502, json: { message: 'Server Error' } } : graphql()(seen);

  test.each([
    ['refused for its size', tooMuch],
    ['ended after ten seconds', tooSlow],
  ])('%s is not sent again as it was, for ever: the next ones are short', async (_, script) => {
    const { client, results } = sending(script, updates);
    expect(new Set(kinds(await results))).toEqual(new Set(['unavailable']));
    const before = server.asked.length;
    expect(kinds(await send(client, updates, ids()))).toEqual(updates.map(() => 'ok'));
    expect(server.asked.slice(before).map((seen) => names(seen).length)).toEqual([4, 4, 4]);
  });
});
