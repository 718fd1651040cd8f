/** The scene of stories about pull requests: a workflow of two stages, taken quickly to where a pull request matters. */
import { expect } from 'vitest';
import type { Issue } from '../world/github/state.ts';
import { acmeConfig } from '../world/github/world.ts';
import { openPlay, type Play, type PlayOptions } from '../world/play.ts';

const patch = `name: patch
version: "1"
description: A plan, and the pull request that carries it out.
stages:
  - stage: 1_plan
    role: PRODUCT_MANAGER
    action: plan
    output: A plan
  - stage: 2_build
    role: ENGINEER
    action: build
    output: A pull request
    depends_on: [1_plan]
    approval_gate: code_review
    approvers: [ENGINEERING_MANAGER]
  - stage: 3_ship
    role: ENGINEER
    action: ship
    output: A release
    depends_on: [2_build]
`;

const pair = `name: pair
version: "1"
description: One stage that two roles approve.
stages:
  - stage: 1_both
    role: ENGINEER
    action: build
    output: A pull request
    approval_gate: two_eyes
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
`;

/** A play in which `workflow:patch` and `workflow:pair` exist; `policy` changes lines of gatehouse.yml. */
export const openScene = (
  options: PlayOptions & { readonly policy?: Record<string, string> } = {},
): Promise<Play> =>
  openPlay({
    ...options,
    config: acmeConfig(options.policy),
    files: { '.github/gatehouse/patch.yml': patch, '.github/gatehouse/pair.yml': pair, ...options.files },
  });

/** Starts a `patch` epic whose plan is done, and `2_build` ready. */
export const planned = async (play: Play, title?: string): Promise<Issue> => {
  await play.starts('patch', title);
  const pm = play.person('octo-pm');
  pm.says(play.stage('1_plan'), '/claim');
  pm.says(play.stage('1_plan'), '/submit');
  await play.settles();
  expect(play.state('2_build')).toBe('ready');
  return play.stage('2_build');
};

let branches = 0;

/** A branch nobody had. */
export const freshBranch = (): string => {
  branches += 1;
  return `work-${branches}`;
};

/** octo-eng has claimed `2_build` and opened a pull request for it; answers both. */
export const building = async (
  play: Play,
  body?: string,
): Promise<{ readonly stage: Issue; readonly pull: Issue }> => {
  const stage = await planned(play);
  const eng = play.person('octo-eng');
  eng.says(stage, '/claim');
  const pull = eng.opensPullRequest({
    title: 'The work',
    body: body ?? `Stage: #${stage.number}`,
    branch: freshBranch(),
  });
  await play.settles();
  return { stage, pull };
};

/** The same, submitted: its gate is open. */
export const submitted = async (
  play: Play,
  body?: string,
): Promise<{ readonly stage: Issue; readonly pull: Issue }> => {
  const { stage, pull } = await building(play, body);
  await play.says('octo-eng', stage, '/submit');
  expect(play.state('2_build')).toBe('in-review');
  return { stage, pull };
};

/** What the check on a pull request's head says: `in_progress`, `success` or `failure`. */
export const verdict = (play: Play, pull: Issue): string => {
  const run = play.check(pull);
  return run === undefined ? 'no check' : (run.conclusion ?? run.status);
};

/** Everything the check shows, as one text. */
export const told = (play: Play, pull: Issue): string => {
  const output = play.check(pull)?.output;
  return [output?.title, output?.summary, output?.text].join('\n');
};

/** What must hold at the end of every play, faults or not: no check ever passed by saying nothing, and nothing is doubled. */
export const holdsAtTheEnd = (play: Play, faults = false): void => {
  const runs = [...play.github.state.checkRuns.values()].filter((run) => run.name === 'gatehouse');
  for (const run of runs) {
    expect([null, 'success', 'failure']).toContain(run.conclusion);
    expect(['in_progress', 'completed']).toContain(run.status);
  }
  const asked = play.github.requests.filter((one) => /neutral|skipped/i.test(conclusionIn(one.body)));
  expect(asked).toEqual([]);
  const issues = [...play.github.state.issues.values()].filter((one) => one.appId !== null);
  const markers = issues.map(
    (one) => /<!-- gatehouse[^>]*-->/.exec(one.body ?? '')?.[0] ?? `none: ${one.title}`,
  );
  expect(markers.filter((marker, index) => markers.indexOf(marker) !== index)).toEqual([]);
  expect(markers.filter((marker) => marker.startsWith('none'))).toEqual([]);
  if (!faults) expect(play.github.violations).toEqual([]);
};

/** The conclusions a request to GitHub asked for, in REST or GraphQL. */
const conclusionIn = (body: unknown): string =>
  [...JSON.stringify(body ?? '').matchAll(/"conclusion":"(\w+)"|conclusion: ?(\w+)/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .join();
