/** The scene of stories about webhooks that never came: GitHub tells nothing any more, and Gatehouse looks every second. */
import type { Issue } from '../world/github/state.ts';
import type { Play, PlayOptions } from '../world/play.ts';
import { openScene } from './pull-requests-scene.ts';

/** A repair as the API shows it. */
export interface RepairShown {
  readonly at: string;
  readonly object: string;
  readonly what: string;
  readonly why: string;
  readonly epicId: string | null;
  readonly repository: string;
}

/** A play in which Gatehouse compares everything each second. */
export const openLevelScene = (options: PlayOptions = {}): Promise<Play> =>
  openScene({ ...options, env: { GATEHOUSE_RECONCILE_EVERY: '1s', ...options.env } });

/** From now on no webhook is ever sent; the result sends them again. */
export const silence = (play: Play): (() => void) => {
  play.github.faults.webhooks.push(() => 'vanished');
  return () => play.github.faults.clear();
};

/** Waits until it holds; fails after the patience with what `holds` last threw. */
export const eventually = async (holds: () => void | Promise<void>, patience = 40_000): Promise<void> => {
  for (const deadline = Date.now() + patience; ; ) {
    try {
      await holds();
      return;
    } catch (failure) {
      if (Date.now() > deadline) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};

/** What `/api/v1/repairs` answers, the newest first. */
export const repairs = async (play: Play, query = ''): Promise<readonly RepairShown[]> => {
  const answer = await fetch(`${play.house.url}/api/v1/repairs${query}`);
  const { repairs: rows } = JSON.parse(await answer.text());
  return rows;
};

/** Waits until so many more passes have begun and everything is done that they asked for. */
export const passes = async (play: Play, count = 2): Promise<void> => {
  const looks = (): number =>
    play.github.requests.filter((one) => /\/commits\/main$/.test(one.path) && one.status === 304).length;
  const before = looks();
  await eventually(() => {
    if (looks() < before + count) throw new Error(`only ${looks() - before} of ${count} passes`);
  });
  await play.settles();
};

/** Everything asked of GitHub since `from` that changed something there. */
export const writesSince = (play: Play, from: number): readonly string[] =>
  play.github.requests
    .slice(from)
    .filter((one) => one.method !== 'GET' && !one.path.endsWith('/access_tokens'))
    .map((one) => `${one.method} ${one.path} ${JSON.stringify(one.body)}`);

/** What people see of an issue, for comparing it before and after. */
export const shown = (play: Play, issue: Issue) => ({
  title: issue.title,
  body: issue.body,
  labels: [...play.labels(issue)].sort(),
  assignees: issue.assignees,
  state: issue.state,
  locked: issue.locked,
  subIssues: [...issue.subIssues].sort(),
  blockedBy: [...issue.blockedBy].sort(),
});
