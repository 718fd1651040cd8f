/** What people put on our issues stays there when we write them anew, also where no webhook told us of it (threats F39, invariant I12). */
import { afterEach, describe, expect, test } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { openPlay, type Play, type PlayOptions } from '../world/play.ts';

const parcel = `name: parcel
version: "1"
description: A box, and a parcel.
stages:
  - stage: 1_box
    role: PRODUCT_MANAGER
    action: fold
    output: A box
    deliverables: [Walls, A lid]
    approval_gate: fit
    approvers: [ENGINEER]
  - stage: 2_send
    role: ENGINEER
    action: send
    output: A parcel
    depends_on: [1_box]
`;

let play: Play;
afterEach(() => play.ends());

const open = (options: PlayOptions): Promise<Play> =>
  openPlay({ ...options, files: { '.github/gatehouse/parcel.yml': parcel } });

/** GitHub tells of nothing that happens to issues; what is said on them is heard. */
const unheard = (): void => {
  play.github.faults.webhooks.push(({ event }) => (event === 'issues' ? 'vanished' : undefined));
};

const ticks = (issue: Issue, line: string): void => {
  const body = (issue.body ?? '').replace(`- [ ] ${line}`, `- [x] ${line}`);
  play.person('octo-pm').editsIssue(issue, { body });
};

/** What Gatehouse asked of GitHub since `from`, tokens aside. */
const asked = (from: number): readonly string[] =>
  play.github.requests
    .slice(from)
    .filter(({ path }) => !path.endsWith('/access_tokens'))
    .map(({ method, path }) => `${method} ${path}`);

const sorted = (issue: Issue): readonly string[] => [...play.labels(issue)].sort();

describe.each([
  ['GraphQL', true],
  ['REST alone', false],
] as const)('on a server with %s', (_, graphql) => {
  test.each([
    ['heard', () => {}],
    ['unheard', unheard],
  ])(
    '%s labels of people stay through claim, submit and approval, and ours are the right ones',
    async (_how, hearing) => {
      play = await open({ features: { graphql } });
      await play.starts('parcel');
      const [box, send, checklist] = [play.stage('1_box'), play.stage('2_send'), play.checklist()];
      hearing();
      const hand = play.person('octo-admin');
      for (const issue of [box, send, checklist]) hand.labels(issue, 'team-x', 'priority:high');
      await play.settles();
      const theirs = ['priority:high', 'team-x'];
      for (const [login, text, state] of [
        ['octo-pm', '/claim', 'in-progress'],
        ['octo-pm', '/submit', 'in-review'],
        ['octo-eng', '/reject not yet', 'in-progress'],
        ['octo-pm', '/submit', 'in-review'],
      ] as const) {
        await play.says(login, box, text);
        expect(sorted(box)).toEqual(
          ['gatehouse:stage', 'role:PRODUCT_MANAGER', `stage:${state}`, ...theirs].sort(),
        );
      }
      await play.says('octo-eng', box, '/approve');
      expect(sorted(box)).toEqual(
        ['gatehouse:stage', 'role:PRODUCT_MANAGER', 'stage:done', ...theirs].sort(),
      );
      expect(sorted(send)).toEqual(['gatehouse:stage', 'role:ENGINEER', 'stage:ready', ...theirs].sort());
      expect(sorted(checklist)).toEqual(['gatehouse:checklist', ...theirs]);
    },
    120_000,
  );

  test('a priority that we put on goes with the next one; one that somebody put on beside it stays', async () => {
    play = await open({ features: { graphql } });
    const epic = await play.starts('parcel');
    const box = play.stage('1_box');
    await play.says('octo-pm', epic, '/priority high');
    expect(sorted(box)).toContain('priority:high');
    unheard();
    play.person('octo-admin').labels(box, 'priority:medium');
    await play.says('octo-pm', epic, '/priority low');
    const priorities = (issue: Issue) => sorted(issue).filter((label) => label.startsWith('priority:'));
    expect(priorities(box)).toEqual(['priority:low', 'priority:medium']);
    expect(priorities(play.checklist())).toEqual(['priority:low']);
  }, 120_000);

  test('boxes ticked and cleared unheard are as people left them after everything that is written', async () => {
    play = await open({ features: { graphql } });
    await play.starts('parcel');
    const box = play.stage('1_box');
    unheard();
    ticks(box, 'Walls');
    await play.says('octo-pm', box, '/claim');
    expect(box.body).toContain('- [x] Walls');
    await play.says('octo-pm', box, '/submit');
    expect(box.body).toContain('- [x] Walls');
    expect(box.body).toContain('- [ ] A lid');
    expect(box.body).toContain('**◉ in-review**');
    const cleared = (box.body ?? '').replace('- [x] Walls', '- [ ] Walls');
    play.person('octo-pm').editsIssue(box, { body: cleared });
    ticks(box, 'A lid');
    await play.says('octo-eng', box, '/reject too small');
    expect(box.body).toContain('- [ ] Walls');
    expect(box.body).toContain('- [x] A lid');
    const { body } = box;
    const from = play.github.requests.length;
    await play.settles();
    expect([box.body, asked(from)]).toEqual([body, []]);
  }, 120_000);

  test('a box ticked unheard stays, also where nobody knows yet what the server can do', async () => {
    play = await open({ features: { graphql } });
    await play.starts('parcel');
    const box = play.stage('1_box');
    await play.house.kill();
    await play.house.start();
    unheard();
    ticks(box, 'Walls');
    await play.says('octo-pm', box, '/claim');
    expect(box.body).toContain('- [x] Walls');
    expect(box.body).toContain(' in-progress**');
  }, 120_000);

  test('keeping them costs nothing where there are documents, and one look where there is REST alone', async () => {
    play = await open({ features: { graphql } });
    await play.starts('parcel');
    const box = play.stage('1_box');
    for (const [login, text] of [
      ['octo-pm', '/claim'],
      ['octo-pm', '/submit'],
    ] as const) {
      const from = play.github.requests.length;
      await play.says(login, box, text);
      const own = asked(from).filter((one) => /graphql|issues/.test(one) && !one.endsWith('/reactions'));
      const at = (number: number) => `/repos/acme/shop/issues/${number}`;
      const written = [play.checklist().number, box.number].map((number) => `PATCH ${at(number)}`);
      expect(own).toEqual(graphql ? ['POST /graphql'] : [`GET ${at(box.number)}`, ...written]);
    }
  }, 120_000);
});
