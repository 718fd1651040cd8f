/** What must hold after every schedule, whatever went wrong (threats §4.1). Each answers sentences; none where all is well. */
import type pg from 'pg';
import type { EpicEvent } from '../../src/core/epic/events.ts';
import { replay } from '../../src/core/epic/evolve.ts';
import { summaryOf } from '../../src/engine/epic-row.ts';
import { visibleRuns } from '../world/github/acts/checks.ts';
import type { StandIn } from '../world/github/stand-in.ts';
import type { Comment, Issue } from '../world/github/state.ts';
import { needlessRuns } from '../world/needless-runs.ts';
import type { Scene } from './story.ts';

const marker = /^<!-- gatehouse[^>]*-->/m;

const doubled = (what: string, keys: readonly string[]): readonly string[] =>
  [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))].map((key) => `I2: twice: ${what} ${key}`);

/** The part of a marker that says which object it is. */
const objectIn = (body: string | null): string => marker.exec(body ?? '')?.[0] ?? 'no marker';

const ours = (
  github: StandIn,
): { readonly issues: readonly Issue[]; readonly comments: readonly Comment[] } => {
  const issues = [...github.state.issues.values()];
  return {
    issues: issues.filter((issue) => issue.appId !== null),
    comments: issues.flatMap((issue) => issue.comments.filter((one) => one.appId !== null)),
  };
};

/** I2: nothing that people see is there twice. */
export const nothingTwice = ({ github }: Scene): readonly string[] => {
  const { issues, comments } = ours(github);
  const runs = [...github.state.checkRuns.values()];
  return [
    ...doubled(
      'issue',
      issues.map((one) => objectIn(one.body)),
    ),
    ...doubled(
      'comment',
      comments.map((one) => objectIn(one.body)),
    ),
    ...needlessRuns(runs).map((run) => `I2: twice: check run on ${run.name} ${run.headSha}`),
    ...[...github.state.issues.values()].flatMap((issue) => [
      ...doubled(`sub-issue of ${issue.title}:`, issue.subIssues.map(String)),
      ...doubled(`blocker of ${issue.title}:`, issue.blockedBy.map(String)),
    ]),
  ];
};

/** I5: a head is told `success` only where people have passed its gate; no check ever says nothing. */
export const checksAreTrue = ({ github, passed }: Scene): readonly string[] =>
  [...github.state.checkRuns.values()].flatMap(({ headSha, conclusion, status }) => [
    ...(conclusion === 'success' && !passed.has(headSha)
      ? [`I5: success on ${headSha} without its gate`]
      : []),
    ...(![null, 'success', 'failure'].includes(conclusion) || status === 'queued'
      ? [`I5: a check says ${status} ${conclusion}`]
      : []),
  ]);

/** I12: what people wrote is what they wrote. */
export const peoplesWords = (scene: Scene): readonly string[] => {
  const { epic, pull } = scene.props;
  const said = [epic, pull].flatMap((one) => (one === undefined ? [] : [one]));
  const comments = said.flatMap((one) => one.comments.filter((comment) => comment.appId === null));
  return [
    ...said
      .filter((one) => one.appId === null && one.updatedAt < one.createdAt)
      .map((one) => `I12: ${one.title}`),
    ...(epic !== undefined && epic.body !== 'Somebody waits for it.\n\n- [ ] mine'
      ? [`I12: the epic says now: ${epic.body}`]
      : []),
    ...(epic !== undefined && epic.title !== 'A parcel' ? [`I12: the epic is called ${epic.title}`] : []),
    ...(pull !== undefined && !(pull.body ?? '').startsWith('Closes nothing.\n\nStage: #')
      ? [`I12: the pull request says now: ${pull.body}`]
      : []),
    ...comments
      .filter((one) => one.createdAt !== one.updatedAt)
      .map((one) => `I12: a comment was changed: ${one.body}`),
  ];
};

/** I1: whatever was answered with 2xx is in the inbox, and has come to an end that somebody can see. */
export const deliveriesEnded = async (
  db: pg.Client,
  accepted: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const { rows } = await db.query<{ guid: string; state: string; event: string; problem: string | null }>(
    'select guid, state, event, problem from deliveries',
  );
  const known = new Map(rows.map((row) => [row.guid, row]));
  return [
    ...[...accepted]
      .filter((guid) => !known.has(guid))
      .map((guid) => `I1: ${guid} was answered 2xx and is gone`),
    ...rows
      .filter(({ state }) => state === 'new')
      .map(({ guid, event }) => `I1: ${event} ${guid} is still unread`),
    ...rows
      .filter(({ state, problem }) => state === 'set_aside' && problem === null)
      .map(({ guid }) => `I1: ${guid} was set aside without a reason`),
  ];
};

const brokenChains = `
  select epic_id || ' ' || version as at
    from (select events, epic_id, version, hash,
                 lag(hash) over stream as previous, row_number() over stream as nth
            from events window stream as (partition by epic_id order by version)) as one
   where version <> nth or hash is distinct from chain_hash(previous, one.events)`;

/** I3: streams have no gap, the chain adds up, and replaying them gives the row that lists show. */
export const historyAddsUp = async (db: pg.Client): Promise<readonly string[]> => {
  const broken = await db.query<{ at: string }>(brokenChains);
  const streams = await db.query<{ id: string; data: EpicEvent[] }>(
    'select epic_id as id, json_agg(data order by version) as data from events group by epic_id',
  );
  const live = await db.query<{ id: string; status: string; version: number; summary: string }>(
    'select id, status, version, summary::text from epics',
  );
  const rows = new Map(live.rows.map((row) => [row.id, row]));
  const told = streams.rows.flatMap(({ id, data }) => {
    const epic = replay(data);
    const row = rows.get(id);
    if (epic.status === 'unopened')
      return row === undefined ? [] : [`I3: ${id} is in lists, but never began`];
    const rebuilt = { status: epic.status, version: data.length, summary: JSON.stringify(summaryOf(epic)) };
    const shown = { status: row?.status, version: row?.version, summary: row?.summary };
    return JSON.stringify(rebuilt) === JSON.stringify(shown)
      ? []
      : [`I3: ${id} is ${JSON.stringify(rebuilt)}, lists show ${JSON.stringify(shown)}`];
  });
  return [...broken.rows.map(({ at }) => `I3: the chain is broken at ${at}`), ...told];
};

/** I4: every approval that was counted was given by somebody who may, on the head that was there, and says so still. */
export const approvalsAreTrue = async (db: pg.Client, scene: Scene): Promise<readonly string[]> => {
  const { rows } = await db.query<{ data: EpicEvent }>(
    `select data from events where type in ('ApprovalGiven', 'ReviewGiven')`,
  );
  const { state } = scene.github;
  const holders: Readonly<Record<string, string>> = {
    ENGINEERING_MANAGER: 'octo-em',
    QA_LEAD: 'octo-qalead',
  };
  const heads = scene.heads;
  return rows.flatMap(({ data: event }) => {
    if (event.type === 'ReviewGiven') {
      const { id, by, verdict, commit } = event.review;
      const review = scene.props.pull?.pull?.reviews.find((one) => one.id === id);
      const same = review?.userId === by.id && review.commitId === commit;
      const meant = review?.state === 'APPROVED' ? 'approved' : 'changes-requested';
      return same && (verdict === meant || review?.state === 'DISMISSED')
        ? []
        : [`I4: no such review on GitHub: ${JSON.stringify(event.review)}`];
    }
    if (event.type !== 'ApprovalGiven') return [];
    const { by, roles, commentId, commits } = event.approval;
    const comment = state.comments.get(commentId);
    return [
      ...(comment?.userId === by.id && /^\/approve/m.test(comment.body)
        ? []
        : [`I4: ${by.login} never said so in comment ${commentId}`]),
      ...roles.filter((role) => holders[role] !== by.login).map((role) => `I4: ${by.login} is no ${role}`),
      ...(scene.props.pull?.userId === by.id ? [`I4: ${by.login} approved their own work`] : []),
      ...Object.values(commits)
        .filter((commit) => !heads.includes(commit))
        .map((commit) => `I4: ${commit} was never a head`),
    ];
  });
};

/** I7: whatever of ours is on GitHub was meant: its issue in an event, its comment promised, its check remembered. */
export const everythingWasMeant = async (db: pg.Client, { github }: Scene): Promise<readonly string[]> => {
  const { rows } = await db.query<{ what: string }>(
    `select 'issue ' || (data -> 'issue' ->> 'id') as what from events where type = 'IssueOpened'
     union all select 'check ' || check_run_id from check_runs
     union all select 'promises ' || count(*) from promises where kind = 'say'`,
  );
  const meant = new Set(rows.map((row) => row.what));
  const { issues, comments } = ours(github);
  return [
    ...issues
      .filter(({ id }) => !meant.has(`issue ${id}`))
      .map(({ title }) => `I7: nobody meant issue ${title}`),
    ...[...github.state.repositories.values()]
      .flatMap((repo) => [...repo.checkRuns.keys()].flatMap((sha) => visibleRuns(repo, sha)))
      .map(({ id }) => id)
      .filter((id) => !meant.has(`check ${id}`))
      .map((id) => `I7: nobody remembers check run ${id}`),
    ...(meant.has(`promises ${comments.length}`)
      ? []
      : [`I7: ${comments.length} comments, but ${[...meant].find((one) => one.startsWith('promises'))}`]),
  ];
};
