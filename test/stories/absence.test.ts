/** Absence and load: a delegate in the window and outside it, reviewers chosen in turn, claims beyond the limit; as people on GitHub see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play } from '../world/play.ts';
import { freshBranch } from './pull-requests-scene.ts';

const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
const away = (from: string, to: string, window: readonly [number, number], role: string): string =>
  `  - { from: ${from}, to: ${to}, roles: [${role}], after: ${day(window[0])}, before: ${day(window[1])}, reason: holidays }\n`;
const config = (delegations: readonly string[], policy: Record<string, string> = {}): string =>
  `${acmeConfig(policy)}${delegations.length === 0 ? '' : `delegations:\n${delegations.join('')}`}`;

const workflows = {
  '.github/gatehouse/ship.yml': `name: ship
stages:
  - stage: 1_ship
    role: ENGINEER
    action: ship
    approval_gate: go
    approvers: [ENGINEERING_MANAGER]
    timeouts: { remind_after: 2s }
`,
  '.github/gatehouse/loose.yml': `name: loose
stages:
  - { stage: a, role: ENGINEER, action: one }
  - { stage: b, role: ENGINEER, action: two }
  - { stage: c, role: SRE, action: three }
`,
};

const until = async (what: () => boolean): Promise<void> => {
  const began = Date.now();
  while (!what()) {
    if (Date.now() - began > 20_000) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('while octo-em is away', () => {
  let play: Play;
  const shipped = async (claimant = 'octo-eng'): Promise<Issue> => {
    await play.starts('ship');
    const stage = play.stage('1_ship');
    await play.says(claimant, stage, '/claim');
    await play.says(claimant, stage, '/submit');
    return stage;
  };
  const says = (text: string): void => {
    play.person('octo-admin').pushesFile('.github/gatehouse.yml', text);
  };
  beforeAll(async () => {
    const within = [
      away('octo-em', 'octo-senior', [-1, 2], 'ENGINEERING_MANAGER'),
      away('octo-eng', 'octo-qa', [-1, 2], 'ENGINEER'),
    ];
    play = await openPlay({ files: workflows, config: config(within) });
  }, 60_000);
  afterAll(() => play.ends());

  test('their delegate is called, approves, and the issue says for whom', async () => {
    const stage = await shipped();
    expect(stage.body).toMatch(/@octo-senior/);
    expect(stage.body).not.toMatch(/@octo-em\b/);
    const said = await play.says('octo-senior', stage, '/approve');
    expect(said.reactions).toEqual(['+1']);
    expect(play.state('1_ship')).toBe('done');
    expect(stage.body).toContain('approved by `octo-senior` for `octo-em`');
  }, 60_000);

  test('their delegate approves nothing that was claimed in the place of octo-em, nor what they claimed themselves', async () => {
    const stage = await shipped('octo-qa');
    expect(stage.body).toContain('`octo-qa` for `octo-eng`');
    const { replies } = await play.says('octo-qa', stage, '/approve');
    expect(replies.join()).toContain('takes another role');
    says(config([away('octo-eng', 'octo-em', [-1, 2], 'ENGINEER')]));
    await play.settles();
    const own = await shipped('octo-em');
    expect((await play.says('octo-em', own, '/approve')).replies.join()).toContain('you claimed it');
  }, 60_000);

  test('a role handed over is not handed on', async () => {
    says(
      config([
        away('octo-em', 'octo-senior', [-1, 2], 'ENGINEERING_MANAGER'),
        away('octo-senior', 'octo-qa', [-1, 2], 'SENIOR_ENGINEER'),
        away('octo-em2', 'octo-sre', [-1, 2], 'ENGINEERING_MANAGER'),
      ]),
    );
    await play.settles();
    const stage = await shipped();
    expect((await play.says('octo-qa', stage, '/approve')).replies.join()).toContain('takes another role');
    // octo-em2 is a manager by their team alone.
    expect((await play.says('octo-sre', stage, '/approve')).reactions).toEqual(['+1']);
    expect(stage.body).toContain('approved by `octo-sre` for `octo-em2`');
  }, 60_000);

  test('before and after the window their delegate may do nothing for them', async () => {
    for (const window of [
      [2, 4],
      [-4, -1],
    ] as const) {
      says(config([away('octo-em', 'octo-senior', window, 'ENGINEERING_MANAGER')]));
      await play.settles();
      const stage = await shipped();
      const { replies } = await play.says('octo-senior', stage, '/approve');
      expect(replies.join()).toContain('takes another role');
      expect(play.state('1_ship')).toBe('in-review');
    }
  }, 60_000);

  test('whoever takes over the name of somebody absent hands nothing to anybody', async () => {
    says(config([away('octo-em', 'octo-senior', [-1, 2], 'ENGINEERING_MANAGER')]));
    await play.settles();
    const stage = await shipped();
    play.person('octo-em').renames('octo-gone');
    play.github.person('stranger').renames('octo-em');
    expect((await play.says('octo-senior', stage, '/approve')).replies.join()).toContain(
      'takes another role',
    );
  }, 60_000);
});

describe('where reviewers take turns', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay({ files: workflows, config: config([], { reviewers: 'rotate' }) });
  }, 60_000);
  afterAll(() => play.ends());

  const chosen = (stage: Issue): readonly string[] =>
    play.comments(stage).flatMap(({ body }) => /chosen (?:now|next): `([\w-]+)`/.exec(body)?.[1] ?? []);
  const inReview = async (): Promise<Issue> => {
    await play.starts('ship');
    const stage = play.stage('1_ship');
    await play.says('octo-eng', stage, '/claim');
    await play.says('octo-eng', stage, '/submit');
    return stage;
  };

  test('each gate asks another one, the reminder asks the next, and whoever was not asked may answer', async () => {
    const first = await inReview();
    expect(chosen(first)).toHaveLength(1);
    const second = await inReview();
    const asked = [chosen(first)[0], chosen(second)[0]];
    expect(asked.toSorted()).toEqual(['octo-em', 'octo-em2']);
    await until(() => chosen(second).length === 2);
    await play.settles();
    expect(chosen(second).toSorted()).toEqual(['octo-em', 'octo-em2']);
    const third = await inReview();
    const other = chosen(third)[0] === 'octo-em' ? 'octo-em2' : 'octo-em';
    expect(third.body).not.toMatch(new RegExp(`@${other}\\b`));
    expect((await play.says(other, third, '/approve')).reactions).toEqual(['+1']);
  }, 60_000);

  test.each([
    ['is asked on the pull request too', 'write', 1],
    ['is told in words where the App may not ask there', 'read', 0],
  ])(
    'whoever is chosen %s, and never its author',
    async (_, permission, requests) => {
      play.acme.installation.permissions['pull_requests'] = permission;
      await play.starts('ship');
      const stage = play.stage('1_ship');
      await play.says('octo-eng', stage, '/claim');
      const pull = play
        .person('octo-em')
        .opensPullRequest({ title: 'The work', body: `Stage: #${stage.number}`, branch: freshBranch() });
      await play.settles();
      await play.says('octo-eng', stage, '/submit');
      const em2 = play.acme.people.find((one) => one.login === 'octo-em2')?.id;
      expect(chosen(stage)).toEqual(['octo-em2']);
      expect(pull.pull?.requestedReviewers).toEqual(requests === 1 ? [em2] : []);
      await until(() => play.comments(stage).some(({ body }) => body.includes('has waited 2s')));
      await play.settles();
      expect(chosen(stage)).toEqual(['octo-em2']);
    },
    60_000,
  );
});

describe('where work in progress is limited', () => {
  let play: Play;
  beforeAll(async () => {
    const wip = { wip: '{ person: 2, roles: { SRE: 1 } }', override_roles: '[SENIOR_ENGINEER]' };
    const both = config([], wip).replace('SENIOR_ENGINEER: [', 'SENIOR_ENGINEER: ["octo-qa", ');
    play = await openPlay({
      files: workflows,
      config: both.replace('ENGINEER: [', 'ENGINEER: ["octo-qa", '),
    });
  }, 60_000);
  afterAll(() => play.ends());

  test('a third claim is refused with what is in hand, over all epics, until one is out of it', async () => {
    await play.starts('loose');
    const [a, b] = [play.stage('a'), play.stage('b')];
    await play.says('octo-eng', a, '/claim');
    await play.says('octo-eng', b, '/claim');
    await play.starts('loose');
    const again = play.stage('a');
    const { replies } = await play.says('octo-eng', again, '/claim');
    expect(replies.join()).toContain('the limit is 2');
    expect(replies.join()).toContain(`#${a.number} \`a\` and #${b.number} \`b\``);
    expect(play.state('a')).toBe('ready');
    const beyond = await play.says('octo-eng', again, '/claim --over I am fast');
    expect(beyond.replies.join()).toContain('takes another role');
    await play.says('octo-eng', b, '/release');
    expect((await play.says('octo-eng', again, '/claim')).reactions).toEqual(['+1']);
  }, 60_000);

  test('a role’s stages are limited together, whoever claims them', async () => {
    const first = play.stage('c');
    await play.says('octo-sre', first, '/claim');
    await play.starts('loose');
    const { replies } = await play.says('octo-sre', play.stage('c'), '/claim');
    expect(replies.join()).toContain('1 stages of `SRE` are in progress and the limit is 1');
    await play.says('octo-sre', first, '/submit');
    expect((await play.says('octo-sre', play.stage('c'), '/claim')).reactions).toEqual(['+1']);
  }, 60_000);

  test('an overrider goes beyond it with a reason, which stays to be read', async () => {
    await play.says('octo-qa', play.stage('a'), '/claim');
    await play.says('octo-qa', play.stage('b'), '/claim');
    await play.starts('loose');
    const stage = play.stage('a');
    expect((await play.says('octo-qa', stage, '/claim --over')).replies.join()).toContain(
      'A reason is needed',
    );
    const said = await play.says('octo-qa', stage, '/claim --over the release waits for it');
    expect(said.reactions).toEqual(['+1']);
    expect(stage.body).toContain('Claimed **beyond the limit** by `octo-qa`');
  }, 60_000);
});
