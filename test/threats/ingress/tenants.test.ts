/** One tenant's delivery never reaches into another's repository, whatever it says (threats T09). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, addCollaborator, addInstallation, addRepository } from '../../world/github/acts/seed.ts';
import type { Asked } from '../../world/github/faults.ts';
import { repositoryById } from '../../world/github/find.ts';
import type { Installation, Repository } from '../../world/github/state.ts';
import { acmeConfig } from '../../world/github/world.ts';
import { openPlay, type Play } from '../../world/play.ts';
import { ask, frameOf, post } from './letter.ts';
import { whatStands } from './what-stands.ts';

let play: Play;
let rival: { readonly shop: Repository; readonly installation: Installation };
/** Requests whose token is one installation's and whose object is another account's. */
const foreign: string[] = [];

const ownersIn = ({ state }: Play['github'], path: string, text: string): ReadonlySet<number> => {
  const owners = new Set<number>();
  const [, owner = '', name = ''] = /^\/repos\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  const named = state.fullNames.get(`${decodeURIComponent(owner)}/${decodeURIComponent(name)}`.toLowerCase());
  const numbered = /^\/repositories\/(\d+)/.exec(path)?.[1];
  for (const id of [named, numbered === undefined ? undefined : Number(numbered)])
    if (id !== undefined && state.repositories.has(id)) owners.add(repositoryById(state, id).ownerId);
  for (const [id, node] of state.nodes) {
    if (!text.includes(`"${id}"`)) continue;
    const repoId = node.type === 'Repository' ? node.it.id : 'repoId' in node.it ? node.it.repoId : undefined;
    if (repoId !== undefined && state.repositories.has(repoId))
      owners.add(repositoryById(state, repoId).ownerId);
  }
  for (const [name, id] of state.fullNames) {
    const [login = '', repository = ''] = name.split('/');
    const said = new RegExp(
      `owner: ?"${login}",? name: ?"${repository}"|"owner":"${login}","(?:name|repo)":"${repository}"`,
      'i',
    );
    if (path === '/graphql' && said.test(text.replaceAll('\\"', '"')))
      owners.add(repositoryById(state, id).ownerId);
  }
  return owners;
};

/** Watches every request: with whose token, on whose things. */
const watch = ({ github }: Play): void => {
  github.faults.requests.push((asked) => {
    const { headers } = asked as Asked & { readonly headers: Readonly<Record<string, string | undefined>> };
    const token = headers['authorization']?.replace(/^(?:bearer|token) /i, '') ?? '';
    const holder = github.state.installations.get(github.state.tokens.get(token)?.installationId ?? 0);
    if (holder === undefined) return undefined;
    for (const owner of ownersIn(github, asked.path, asked.text))
      if (owner !== holder.accountId)
        foreign.push(`${asked.method} ${asked.path} ${asked.text.slice(0, 200)}`);
    return undefined;
  });
};

beforeAll(async () => {
  play = await openPlay();
  const { hub, state } = play.github;
  const owner = addAccount(hub, 'rival', 'Organization');
  const shop = addRepository(hub, {
    owner,
    name: 'shop',
    private: true,
    files: { '.github/gatehouse.yml': acmeConfig() },
  });
  for (const login of ['octo-pm', 'octo-em', 'octo-qa']) {
    const id = state.logins.get(login);
    const user = id === undefined ? undefined : state.accounts.get(id);
    if (user !== undefined) addCollaborator(shop, user, 'write');
  }
  rival = { shop, installation: addInstallation(hub, owner, 'all') };
  watch(play);
});
afterAll(() => play.ends());

const send = async (event: string, body: object): Promise<void> => {
  expect(await post(play.house, JSON.stringify(body), { event, guid: randomUUID() })).toBe(202);
};

test('T09: payloads that mix two tenants are heard by neither, and no token is tried on the other’s repository', async () => {
  const ours = await play.starts('bug', 'Ours');
  const pat = play.person('octo-pm');
  const theirs = pat.opensIssue({ title: 'Theirs', body: '' }, rival.shop);
  pat.labels(theirs, 'workflow:bug');
  await play.settles();
  expect(foreign).toEqual([]);
  const before = await whatStands(play);

  const acme = frameOf(play.acme);
  const other = {
    installation: { id: rival.installation.id },
    repository: {
      ...acme.repository,
      id: rival.shop.id,
      node_id: rival.shop.nodeId,
      owner: { login: 'rival' },
      private: true,
    },
  };
  const mixed: readonly object[] = [
    // Their installation names our repository, and ours theirs: by id and name, by id only, by name only.
    { ...acme, installation: other.installation },
    { ...other, installation: acme.installation },
    { ...other, repository: { ...other.repository, id: acme.repository.id } },
    { ...other, repository: { ...acme.repository, id: other.repository.id } },
    { ...acme, repository: { ...other.repository, id: acme.repository.id } },
    { ...acme, repository: { ...acme.repository, id: other.repository.id } },
    // A repository nobody has.
    { ...acme, repository: { ...acme.repository, id: 77, name: 'nowhere' } },
    // An installation nobody has.
    { ...acme, installation: { id: 424_242 } },
  ];
  const em = { id: play.github.state.logins.get('octo-em'), login: 'octo-em', type: 'User' };
  for (const frame of mixed) {
    for (const epic of [ours, theirs]) {
      const issue = {
        id: epic.id,
        number: epic.number,
        title: 'taken over',
        body: '',
        state: 'open',
        user: em,
      };
      const comment = { id: 5_000_000 + Math.floor(Math.random() * 1e6), body: '/cancel mine now', user: em };
      const label = { name: 'workflow:feature' };
      await send('issue_comment', { ...frame, action: 'created', issue, comment, sender: em });
      await send('issues', { ...frame, action: 'edited', issue, sender: em });
      await send('issues', { ...frame, action: 'labeled', issue, label, sender: em });
      await send('issues', { ...frame, action: 'deleted', issue, sender: em });
      await send('repository', { ...frame, action: 'renamed', sender: em });
    }
  }
  expect(await whatStands(play)).toEqual(before);
  expect(foreign).toEqual([]);
  // Both go on as before.
  for (const epic of [ours, theirs]) {
    play.person('octo-em').says(epic, '/cancel really');
    await play.settles();
  }
  const ended = await ask(play.databaseUrl, `select id from epics where status = 'cancelled'`);
  expect(ended).toHaveLength(2);
  expect(foreign).toEqual([]);
}, 60_000);
