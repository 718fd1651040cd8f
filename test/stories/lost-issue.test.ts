/** One of our issues that GitHub says is not there: asked again before it is made anew, on either API (threats F26, F27). */
import { describe, expect, test } from 'vitest';
import { openPlay } from '../world/play.ts';

describe.each([
  ['GraphQL', true, { path: '/graphql', text: /updateIssue/ }],
  ['REST', false, { method: 'PATCH', path: /\/issues\/\d+$/ }],
] as const)('by %s', (_, graphql, asked) => {
  test('one wrong 404 does not give a team two issues for a stage; a deleted one is made again', async () => {
    const play = await openPlay({ features: { graphql } });
    try {
      const epic = await play.starts('bug');
      const stages = (): number =>
        play.github.requests.filter(({ method, path }) => method === 'POST' && /\/issues$/.test(path)).length;
      const children = play.checklist().subIssues.length;
      const before = stages();
      const first = play.stage('1_reproduce');
      play.github.faults.requests.push({ ...asked, times: 1, fate: { refuse: 404, message: 'Not Found' } });
      await play.says('octo-qa', first, '/claim');
      await play.settles();
      expect(play.checklist().subIssues).toHaveLength(children);
      expect(stages()).toBe(before);
      expect(play.labels(first)).toContain('stage:in-progress');
      expect(epic.subIssues).toHaveLength(1);
    } finally {
      await play.ends();
    }
  }, 60_000);
});
