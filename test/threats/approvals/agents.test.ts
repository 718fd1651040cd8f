/** Who really speaks: apps with a person's token, bots nobody listed, machines and the people behind them, through the whole house (threats §2.2). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewsNow } from '../../../src/github/facts/reviews-now.ts';
import { issueCommentCreated } from '../../../src/github/incoming/issue-comment-created.ts';
import { pullRequestReview } from '../../../src/github/incoming/pull-request-review.ts';
import { addComment } from '../../world/github/acts/comments.ts';
import { addAccount, addCollaborator } from '../../world/github/acts/seed.ts';
import type { Issue } from '../../world/github/state.ts';
import { acmeConfig } from '../../world/github/world.ts';
import { openPlay, type Play } from '../../world/play.ts';
import { openDoubtfulReview } from './doubtful-review.ts';

const workflow = `name: build
stages:
  - stage: build
    role: ENGINEER
    action: build
    approval_gate: review
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
`;
const agents = `agents:
  coder-machine: {principal: octo-em}
  "helper[bot]": {principal: octo-eng}
  "lonely[bot]":
`;

const config = acmeConfig()
  .replace(
    'ENGINEER: ["@acme/engineers"',
    'ENGINEER: ["coder-machine","helper[bot]","lonely[bot]","@acme/engineers"',
  )
  .replace('QA_LEAD: [', 'QA_LEAD: ["coder-machine","github-actions[bot]",');

let play: Play;
beforeAll(async () => {
  play = await openPlay({ files: { '.github/gatehouse/build.yml': workflow }, config: config + agents });
  const { hub } = play.github;
  const { shop } = play.acme;
  for (const login of ['coder-machine']) addCollaborator(shop, addAccount(hub, login), 'write');
  for (const login of ['helper[bot]', 'lonely[bot]', 'github-actions[bot]', 'unknown[bot]'])
    addCollaborator(shop, addAccount(hub, login, 'Bot'), 'write');
}, 60_000);
afterAll(() => play.ends());

const started = async (): Promise<Issue> => {
  await play.starts('build');
  return play.stage('build');
};
const inReview = async (claimant = 'octo-eng'): Promise<Issue> => {
  const stage = await started();
  await play.says(claimant, stage, '/claim');
  await play.says(claimant, stage, '/submit');
  expect(play.state('build')).toBe('in-review');
  return stage;
};

/** The person's own account and token, and an app that wrote the words. */
const saysThroughAnApp = async (login: string, on: Issue, text: string) => {
  const { hub, state } = play.github;
  const actor = { ...play.person(login).actor, app: state.app, installation: play.acme.installation };
  const before = play.comments(on).length;
  const comment = addComment(hub, actor, on, text);
  await play.settles();
  const replies = play
    .comments(on)
    .slice(before)
    .filter((one) => one.id !== comment.id);
  return { reactions: play.reactions(comment), replies: replies.map((one) => one.body) };
};

test('T21: an approval an app wrote with a person’s token is nobody’s, and the person is told how to give their own', async () => {
  const stage = await inReview();
  const said = await saysThroughAnApp('octo-em', stage, '/approve');
  expect(said.reactions).toEqual(['confused']);
  expect(said.replies.join()).toContain('written by an app on your behalf');
  expect(stage.body).not.toContain('approved by');
  expect((await play.says('octo-em', stage, '/approve')).reactions).toEqual(['+1']);
  expect(stage.body).toContain('approved by `octo-em`');
});

test.each(['/claim', '/submit', '/override because I say so', '/skip because I say so', '/cancel because'])(
  'T21: nor is %s by an app with a person’s token',
  async (text) => {
    const stage = await started();
    if (text !== '/claim') await play.says('octo-eng', stage, '/claim');
    const before = play.state('build');
    const login = text === '/claim' || text === '/submit' ? 'octo-eng' : 'octo-em';
    expect((await saysThroughAnApp(login, stage, text)).reactions).toEqual(['confused']);
    expect(play.state('build')).toBe(before);
  },
);

test('T21: whether an app wrote it is read from comment and review alike, in a delivery and when GitHub is asked', async () => {
  const user = { id: 3, login: 'erin', type: 'User' };
  const app = { id: 9 };
  const issue = { number: 1, id: 1, title: 'x', user, body: '' };
  const head = { ref: 'x', sha: 'a'.repeat(40), repo: { id: 1 } };
  const pull = { number: 7, state: 'open', user, head, base: head };
  for (const [via, expected] of [
    [app, true],
    [null, false],
    [undefined, false],
  ] as const) {
    const review = {
      id: 1,
      user,
      state: 'approved',
      commit_id: 'a'.repeat(40),
      performed_via_github_app: via,
    };
    const comment = { id: 1, user, body: '/approve', performed_via_github_app: via };
    expect(issueCommentCreated.read({ issue, comment }, 'created')).toMatchObject({ viaApp: expected });
    expect(pullRequestReview.read({ pull_request: pull, review, sender: user }, 'submitted')).toMatchObject({
      review: { viaApp: expected },
    });
    const client = {
      get: async () => ({ status: 200, data: [{ ...review, state: 'APPROVED' }], headers: {} }),
    };
    const place = { id: 1, nodeId: 'R', owner: 'acme', name: 'shop' };
    expect(await reviewsNow(client as never, place, 7)).toMatchObject([{ viaApp: expected }]);
  }
});

test('T21: a review an app gave with a person’s token changes nothing; their own does, and a listed bot’s is its own', async () => {
  expect(await openDoubtfulReview({ viaApp: true, bot: false })).toEqual([]);
  expect(await openDoubtfulReview({ viaApp: false, bot: false })).toEqual(['NoteReview']);
  expect(await openDoubtfulReview({ viaApp: true, bot: true })).toEqual(['NoteReview']);
});

test('T20, T22, T43: a bot nobody listed is not even answered, whatever it says', async () => {
  const stage = await inReview();
  for (const text of ['/approve', '/reject no', '/status', '/override why'])
    expect(await play.says('unknown[bot]', stage, text)).toMatchObject({ reactions: [], replies: [] });
  expect(play.state('build')).toBe('in-review');
});

test('T20, T74: a machine nobody answers for neither claims nor approves, and is told what is missing', async () => {
  const stage = await started();
  const claim = await play.says('lonely[bot]', stage, '/claim');
  expect(claim.reactions).toEqual(['confused']);
  expect(claim.replies.join()).toContain('agent without a principal');
  await play.says('octo-eng', stage, '/claim');
  await play.says('octo-eng', stage, '/submit');
  const approve = await play.says('github-actions[bot]', stage, '/approve');
  expect(approve.replies.join()).toContain('agent without a principal');
  expect(stage.body).not.toContain('approved by');
});

test('T17, T74: who lets a machine build does not approve what it built, and nobody counts twice', async () => {
  const stage = await inReview('coder-machine');
  const own = await play.says('octo-em', stage, '/approve');
  expect(own.reactions).toEqual(['confused']);
  expect(own.replies.join()).toContain('one person with you');
  const other = await inReview();
  expect((await play.says('octo-em', other, '/approve')).reactions).toEqual(['+1']);
  const twice = await play.says('coder-machine', other, '/approve');
  expect(twice.reactions).toEqual(['confused']);
  expect(twice.replies.join()).toContain('one person fills one role');
  expect((await play.says('octo-qalead', other, '/approve')).reactions).toEqual(['+1']);
  expect(play.state('build')).toBe('done');
});

test('T24: whoever takes over an agent’s login, or its principal’s, is not who they were', async () => {
  const stage = await inReview();
  expect((await play.says('helper[bot]', stage, '/status')).reactions).toEqual(['+1']);
  const { hub, state } = play.github;
  const old = play.person('helper[bot]').user;
  old.login = 'helper-old[bot]';
  state.logins.delete('helper[bot]');
  const thief = addAccount(hub, 'helper[bot]', 'Bot');
  addCollaborator(play.acme.shop, thief, 'write');
  expect(await play.says('helper[bot]', stage, '/status')).toMatchObject({ reactions: [], replies: [] });
});
