/** Something of ours that GitHub says is not there: asked again before it is made anew, on either API (threats F26, F27). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

const wrong = { times: 1, fate: { refuse: 404, message: 'Not Found' } } as const;

describe.each([
  ['GraphQL', true, { path: '/graphql', text: /updateIssue/ }],
  ['REST', false, { method: 'PATCH', path: /\/issues\/\d+$/ }],
] as const)('by %s', (_, graphql, toIssue) => {
  let play: Play;
  beforeEach(async () => {
    play = await openPlay({ features: { graphql } });
  }, 60_000);
  afterEach(() => play.ends());

  test('one wrong 404 does not give a team two issues for a stage; a deleted one is made again', async () => {
    await play.starts('bug');
    const first = play.stage('1_reproduce');
    const stages = (): number =>
      [...play.acme.shop.issues.values()].filter((one) => one.title.startsWith('1_reproduce')).length;
    play.github.faults.requests.push({ ...toIssue, ...wrong });
    await play.says('octo-qa', first, '/claim');
    await play.settles();
    expect(play.labels(first)).toContain('stage:in-progress');
    expect(stages()).toBe(1);
    play.person('octo-admin').deletesIssue(first);
    await play.settles();
    expect(play.stage('1_reproduce').number).not.toBe(first.number);
    expect(play.state('1_reproduce')).toBe('in-progress');
    expect(stages()).toBe(1);
  }, 60_000);

  test('one wrong 404 does not leave two verdicts on a head, of which the older may say success', async () => {
    await play.starts('bug');
    const body = `Stage: #${play.stage('2_fix').number}`;
    const pull = play.person('octo-eng').opensPullRequest({ title: 'Fix', body, branch: 'fix' });
    await play.settles();
    const before = play.check(pull);
    expect(before).toBeDefined();
    const byRest = { method: 'PATCH', path: /\/check-runs\/\d+$/ };
    const byGraphql = { path: '/graphql', text: /updateCheckRun/ };
    for (const asked of graphql ? [byGraphql, byRest] : [byRest])
      play.github.faults.requests.push({ ...asked, ...wrong });
    await play.says('octo-em', play.stage('1_reproduce'), '/skip Known already.');
    await play.says('octo-eng', play.stage('2_fix'), '/claim');
    await play.settles();
    expect(play.github.state.checkRuns.size).toBe(1);
    expect(play.check(pull)).toMatchObject({ id: before?.id });
    expect(
      play.github.requests.some(({ path, status }) => path.includes('check-runs') && status === 404),
    ).toBe(true);
  }, 60_000);
});
