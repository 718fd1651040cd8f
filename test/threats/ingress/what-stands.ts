/** Everything that deliveries may have changed, in the ledger and on GitHub, as one value that can be compared. */
import type { Play } from '../../world/play.ts';
import { ask } from './letter.ts';

const tables: Readonly<Record<string, string>> = {
  events: 'select epic_id, version, type, data::text from events order by epic_id, version',
  epics: 'select id, title, workflow, status, version from epics order by id',
  subjects: 'select * from subjects order by repository_id, number',
  pulls:
    'select repository_id, number, head_sha, base_ref, state, draft, epic_id, stage, link from pull_requests order by 1, 2',
  groups: 'select * from merge_groups order by 1, 2',
  installations: 'select id, account, state from installations order by id',
  repositories:
    'select id, owner, name, default_branch, installation_id, private from repositories order by id',
  checks: 'select repository_id, head_sha, status, conclusion from check_runs order by 1, 2',
};

const onGitHub = ({ github }: Play): readonly string[] =>
  [...github.state.issues.values()].map((issue) => {
    const labels = [...issue.labels].sort((one, other) => one - other).join();
    const said = issue.comments.map(
      (one) => `${one.body}[${one.reactions.map((given) => given.content).join()}]`,
    );
    const { number, title, body, state, assignees } = issue;
    return JSON.stringify({ number, title, body, state, labels, assignees, said });
  });

const checksOf = ({ github }: Play): readonly string[] => {
  const newest = new Map<string, string>();
  for (const run of github.state.checkRuns.values()) {
    newest.set(
      `${run.repoId}/${run.headSha}/${run.appId}/${run.name}`,
      `${run.status} ${run.conclusion} ${run.output.title}`,
    );
  }
  return [...newest].map(([key, value]) => `${key}: ${value}`).sort();
};

/** A line per row and object; `settles` first. */
export const whatStands = async (play: Play): Promise<readonly string[]> => {
  await play.settles();
  const rows = await Promise.all(
    Object.entries(tables).map(async ([name, sql]) =>
      (await ask(play.databaseUrl, sql)).map((row) => `${name}: ${JSON.stringify(row)}`),
    ),
  );
  return [...rows.flat(), ...onGitHub(play), ...checksOf(play)];
};
