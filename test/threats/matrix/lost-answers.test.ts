/** An answer that was lost, and lists that do not show yet what it told of: nothing is made twice (threats F07, F31). */
import { expect, test } from 'vitest';
import { holdsAtTheEnd } from '../../stories/pull-requests-scene.ts';
import { openPlay, type Play } from '../../world/play.ts';

/** The answer to the first creation is lost, and lists of issues and comments show nothing for so long after it. */
const listsLagFor = ({ github }: Play, milliseconds: number, path: RegExp, text: RegExp): void => {
  let lost = 0;
  github.faults.requests.push((asked) => {
    if (lost > 0 || asked.method !== 'POST' || !path.test(asked.path) || !text.test(asked.text))
      return undefined;
    lost = Date.now();
    return 'apply-then-drop';
  });
  github.faults.requests.push((asked) =>
    asked.method === 'GET' &&
    /\/issues(\/\d+\/(sub_issues|comments))?$/.test(asked.path) &&
    Date.now() < lost + milliseconds
      ? { answer: [] }
      : undefined,
  );
};

const onStage = async (graphql: boolean, story: (play: Play) => Promise<void>): Promise<void> => {
  const play = await openPlay({ features: { graphql } });
  try {
    await story(play);
  } finally {
    await play.ends();
  }
};

test.concurrent.each([
  ['GraphQL', true, /^\/graphql$/, /createIssue\(/],
  ['REST', false, /\/issues$/, /./],
] as const)(
  'F31: issues whose creation was answered into the void are found a moment later, not made again, by %s',
  (_, graphql, path, text) =>
    onStage(graphql, async (play) => {
      listsLagFor(play, 3_000, path, text);
      await play.starts('bug');
      expect(play.checklist().subIssues).toHaveLength(3);
      holdsAtTheEnd(play);
    }),
  40_000,
);

test.concurrent(
  'F31: a reply whose answer was lost is not said twice because the thread does not show it yet',
  () =>
    onStage(true, async (play) => {
      await play.starts('bug');
      listsLagFor(play, 3_000, /^\/graphql$/, /addComment\(/);
      const { replies } = await play.says('octo-qa', play.stage('1_reproduce'), '/status');
      expect(replies).toHaveLength(1);
    }),
  40_000,
);
