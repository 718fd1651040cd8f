/** Something of ours that GitHub says is not there: asked again before it is made anew, on either API (threats F26, F27). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlay, type Play } from '../world/play.ts';

const wrong = { times: 1, fate: { refuse: 404, message: 'Not Found' } } as const;

const byRest = (what: string) => ({ method: 'PATCH', path: new RegExp(`/${what}/\\d+$`) });
const byGraphql = (mutation: string) => ({ path: '/graphql', text: new RegExp(mutation) });

describe.each([
  ['GraphQL', true],
  ['REST', false],
] as const)('by %s', (_, graphql) => {
  let play: Play;
  beforeEach(async () => {
    play = await openPlay({ features: { graphql } });
  }, 60_000);
  afterEach(() => play.ends());

  /** What GraphQL does not find is tried by REST: only both together say that it is gone. */
  const lies = (
    document: { path: string; text: RegExp },
    request: { method: string; path: RegExp },
  ): void => {
    if (graphql) play.github.faults.requests.push({ ...document, ...wrong });
    play.github.faults.requests.push({ ...request, ...wrong });
  };

  test('one wrong 404 does not give a team two issues for one thing; a deleted one is made again', async () => {
    await play.starts('bug');
    const first = play.stage('1_reproduce');
    const before = play.acme.shop.issues.size;
    lies(byGraphql('updateIssue'), byRest('issues'));
    await play.says('octo-qa', first, '/claim');
    await play.settles();
    expect(play.labels(first)).toContain('stage:in-progress');
    expect(play.acme.shop.issues.size).toBe(before);
    play.person('octo-admin').deletesIssue(first);
    await play.settles();
    expect(play.stage('1_reproduce').number).not.toBe(first.number);
    expect(play.state('1_reproduce')).toBe('in-progress');
    expect(play.acme.shop.issues.size).toBe(before);
  }, 60_000);

  test('one wrong 404 does not leave two verdicts on a head, of which the older may say success', async () => {
    await play.starts('bug');
    const body = `Stage: #${play.stage('2_fix').number}`;
    const pull = play.person('octo-eng').opensPullRequest({ title: 'Fix', body, branch: 'fix' });
    await play.settles();
    const before = play.check(pull);
    expect(before).toBeDefined();
    lies(byGraphql('updateCheckRun'), byRest('check-runs'));
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
