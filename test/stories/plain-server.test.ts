/** A server that answers only what every GitHub documents: no GraphQL, no sub-issues, no node ids, no lists beyond the need. */
import { expect, test } from 'vitest';
import { ask, frameOf, post } from '../threats/ingress/letter.ts';
import { startPlainServer } from '../world/plain-server.ts';
import { openPlay } from '../world/play.ts';

const features = { graphql: false, subIssues: false, dependencies: false };

const story = async (lacks: RegExp): Promise<void> => {
  const plain = await startPlainServer(lacks);
  const play = await openPlay({
    features,
    env: { GITHUB_API_URL: plain.url, GATEHOUSE_RECONCILE_EVERY: '1s' },
  });
  plain.target = play.github.url;
  try {
    await play.starts('bug');
    const key = '1_reproduce';
    const stage = play.stage(key);
    expect((await play.says('octo-qa', stage, '/claim')).reactions).toEqual(['+1']);
    expect(play.state(key)).toBe('in-progress');
    expect((await play.says('octo-pm', stage, '/claim')).replies).toHaveLength(1);
    const { shop } = play.acme;
    const pull = play
      .person('octo-eng')
      .opensPullRequest({ branch: 'x', title: 'X', body: `Stage: #${stage.number}` }, shop);
    await play.settles();
    expect(play.check(pull)).toMatchObject({ status: 'in_progress' });
    // What is compared with GitHub a second later finds nothing to do again.
    const checks = play.github.state.checkRuns.size;
    const comments = stage.comments.length;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await play.settles();
    expect(play.github.state.checkRuns.size).toBe(checks);
    expect(stage.comments).toHaveLength(comments);
    expect(play.house.output()).not.toContain('lane failed');
  } finally {
    await play.ends();
    plain.close();
  }
};

test('a server that names things by number only gets its epic, once', () => story(/GET \/app\/hook/));

test('a server that does not say whose a repository is, nor lists folders, has roles and epics too', () =>
  story(
    /GET (?:\/app|\/repos\/acme\/shop\/installation|\/repos\/acme\/[\w.-]+\/contents\/\.github\/?(?:\?.*)?$)/,
  ));

test('a delivery that names no installation is the App’s all the same, and its epic begins', async () => {
  const play = await openPlay();
  play.github.faults.webhooks.push(() => 'vanished');
  try {
    const pat = play.person('octo-pm');
    const epic = pat.opensIssue({ title: 'Bare', body: '' }, play.acme.shop);
    pat.labels(epic, 'workflow:bug');
    const { repository } = frameOf(play.acme);
    const { id, number, title } = epic;
    const user = { id: play.github.state.logins.get('octo-pm'), login: 'octo-pm', type: 'User' };
    const body = {
      action: 'labeled',
      repository,
      issue: { id, number, title, user },
      sender: user,
      label: { name: 'workflow:bug' },
    };
    expect(await post(play.house, JSON.stringify(body))).toBe(202);
    await play.settles();
    expect(play.state('1_reproduce')).toBe('ready');
  } finally {
    await play.ends();
  }
});

test('a server that keeps no books of its installations does not make the App believe that it was removed', async () => {
  const plain = await startPlainServer(/ \/app(?:\/installations\/\d+)?\/?(?:\?.*)?$/);
  const play = await openPlay({ features, env: { GITHUB_API_URL: plain.url } });
  plain.target = play.github.url;
  try {
    const { installation } = play.acme;
    const news = { action: 'created', installation: { id: installation.id, account: { login: 'acme' } } };
    expect(await post(play.house, JSON.stringify(news), { event: 'installation' })).toBe(202);
    await play.starts('bug');
    await play.house.kill();
    // The start after it makes a full pass, whatever the one before did.
    await ask(play.databaseUrl, 'delete from rounds');
    await play.house.start();
    await play.settles();
    expect((await play.says('octo-qa', play.stage('1_reproduce'), '/claim')).reactions).toEqual(['+1']);
  } finally {
    await play.ends();
    plain.close();
  }
});
