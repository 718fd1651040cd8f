/** The demo's story: six people take one epic from label to launch, told line by line. */
import type { Issue } from '../world/github/state.ts';
import type { Stage } from './stage.ts';

/** One thing somebody does; it is told, done, and waited for. */
interface Act {
  readonly tell: string;
  readonly act: () => void;
}

const says = (stage: Stage, who: string, key: string, text: string): Act => ({
  tell: `${who} says \`${text}\` on ${key}`,
  act: () => {
    stage.person(who).says(stage.issueOf(key), text);
  },
});

const beginning = (stage: Stage, epic: Issue): readonly Act[] => [
  {
    tell: 'octo-pm labels the issue `workflow:feature`: a checklist and six stage issues appear',
    act: () => stage.person('octo-pm').labels(epic, 'workflow:feature'),
  },
  says(stage, 'octo-designer', '2_design', '/claim'),
  says(stage, 'octo-pm', '1_define', '/claim'),
  says(stage, 'octo-pm', '1_define', '/submit the PRD is in the wiki'),
  says(stage, 'octo-em', '1_define', '/approve'),
  says(stage, 'octo-designer', '2_design', '/claim'),
  says(stage, 'octo-designer', '2_design', '/submit'),
  says(stage, 'octo-pm', '2_design', '/reject the empty cart is missing'),
  says(stage, 'octo-designer', '2_design', '/submit with the empty cart'),
  says(stage, 'octo-pm', '2_design', '/approve'),
];

const building = (stage: Stage): readonly Act[] => [
  says(stage, 'octo-eng', '3_implement', '/claim'),
  {
    tell: 'octo-eng opens a pull request: the check `gatehouse` holds it back',
    act: () => {
      const body = `Stage: #${stage.issueOf('3_implement').number}`;
      stage.opened = stage
        .person('octo-eng')
        .opensPullRequest({ title: 'Checkout in one step', body, branch: 'one-step' });
    },
  },
  says(stage, 'octo-eng', '3_implement', '/submit'),
  {
    tell: 'octo-em approves the pull request in a review: the gate passes, the check turns green',
    act: () => {
      if (stage.opened !== undefined) stage.person('octo-em').reviews(stage.opened, 'APPROVED', 'Good.');
    },
  },
  {
    tell: 'octo-eng merges it: the stage is done, QA is next',
    act: () => {
      if (stage.opened !== undefined) stage.person('octo-eng').merges(stage.opened);
    },
  },
];

const ending = (stage: Stage): readonly Act[] => [
  says(stage, 'octo-qa', '4_qa', '/claim'),
  says(stage, 'octo-qa', '4_qa', '/submit all green'),
  says(stage, 'octo-qalead', '4_qa', '/approve'),
  says(stage, 'octo-pm', '5_release_approval', '/claim'),
  says(stage, 'octo-pm', '5_release_approval', '/submit go'),
  says(stage, 'octo-vpp', '5_release_approval', '/approve'),
  says(stage, 'octo-em', '5_release_approval', '/approve'),
  says(stage, 'octo-growth', '6_launch', '/claim'),
  says(stage, 'octo-growth', '6_launch', '/submit it is live'),
];

/** Plays the story; `tell` prints a line once what it says has happened. Answers the epic's issue. */
export const playStory = async (stage: Stage, tell: (line: string, ms: number) => void): Promise<Issue> => {
  const started = performance.now();
  const epic = stage
    .person('octo-pm')
    .opensIssue({ title: 'Faster checkout', body: 'Customers wait too long.' }, stage.shop);
  await stage.settles();
  tell(`octo-pm opens issue #${epic.number}, “Faster checkout”`, performance.now() - started);
  for (const part of [() => beginning(stage, epic), () => building(stage), () => ending(stage)]) {
    for (const { tell: line, act } of part()) {
      const before = performance.now();
      act();
      await stage.settles();
      tell(line, performance.now() - before);
    }
  }
  return epic;
};
