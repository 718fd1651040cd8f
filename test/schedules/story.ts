/** The story of schedules: three stages with all that can be said and done in them, as deeds one after another. */

import type { Issue } from '../world/github/state.ts';
import type { Person } from '../world/people.ts';

/** The workflow it follows. */
export const workflow = `name: small
stages:
  - stage: 1_plan
    role: PRODUCT_MANAGER
    action: plan
    approval_gate: kickoff
    approvers: [ENGINEERING_MANAGER]
  - stage: 2_build
    role: ENGINEER
    action: build
    depends_on: [1_plan]
    approval_gate: code_review
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
  - stage: 3_tell
    role: GROWTH_MANAGER
    action: tell
    depends_on: [1_plan]
`;

/** What deeds are done with. */
export interface Scene {
  readonly person: (login: string) => Person;
  readonly stage: (key: string) => Issue;
  readonly epic: () => Issue;
  readonly pull: () => Issue;
  /** Remembers what was opened. */
  readonly opened: (what: { readonly epic?: Issue; readonly pull?: Issue }) => void;
}

/** One deed, and what people would call it. */
export interface Act {
  readonly name: string;
  readonly deed: (scene: Scene) => void;
}

const says = (login: string, key: string, text: string): Act => ({
  name: `${login}: ${text} on ${key}`,
  deed: ({ person, stage }) => void person(login).says(stage(key), text),
});

/** Each act is over, whatever goes wrong in it, before the next one begins. */
export const acts: readonly Act[] = [
  {
    name: 'octo-pm labels the epic',
    deed: ({ person, opened }) => {
      const pm = person('octo-pm');
      const epic = pm.opensIssue({ title: 'Faster checkout', body: 'Customers wait too long.' });
      opened({ epic });
      pm.labels(epic, 'workflow:small');
    },
  },
  says('octo-pm', '1_plan', '/claim'),
  says('octo-qa', '1_plan', '/claim'),
  says('octo-pm', '1_plan', 'Here it is.\n\n/submit first draft'),
  says('octo-em', '1_plan', '/reject no numbers in it'),
  says('octo-pm', '1_plan', '/submit'),
  says('octo-em', '1_plan', '/approve'),
  says('octo-eng', '2_build', '/claim'),
  {
    name: 'octo-eng opens a pull request',
    deed: ({ person, stage, opened }) => {
      const body = `Stage: #${stage('2_build').number}`;
      const branch = `fast-${stage('2_build').number}`;
      opened({ pull: person('octo-eng').opensPullRequest({ title: 'One step', body, branch }) });
    },
  },
  says('octo-eng', '2_build', '/submit'),
  {
    name: 'octo-em approves in a review',
    deed: ({ person, pull }) => void person('octo-em').reviews(pull(), 'APPROVED'),
  },
  { name: 'octo-eng pushes', deed: ({ person, pull }) => void person('octo-eng').pushes(pull()) },
  {
    name: 'octo-em approves again, octo-qalead too',
    deed: ({ person, pull }) => {
      person('octo-em').reviews(pull(), 'APPROVED');
      person('octo-qalead').reviews(pull(), 'APPROVED');
    },
  },
  {
    name: 'somebody closes a stage by hand and takes a label off',
    deed: ({ person, stage }) => {
      person('octo-growth').closes(stage('3_tell'));
      person('octo-growth').unlabels(stage('2_build'), 'gatehouse:stage');
    },
  },
  { name: 'octo-em merges', deed: ({ person, pull }) => void person('octo-em').merges(pull()) },
  says('octo-growth', '3_tell', '/claim'),
  says('octo-growth', '3_tell', '/submit'),
];
