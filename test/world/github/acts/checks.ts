/** Check runs, and what a required check demands before a merge. */
import { need, repositoryById } from '../find.ts';
import type { Actor, Hub } from '../hub.ts';
import { nextId, nodeId, register } from '../ids.ts';
import { invalid, Refused } from '../refusal.ts';
import { checkRunEventShape } from '../shapes/check.ts';
import type { CheckRun, Pull, Repository, Sha } from '../state.ts';

const CONCLUSIONS = new Set([
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'timed_out',
]);
const PASSES = new Set(['success', 'neutral', 'skipped']);
const LIMIT = 65_535;

/** What may be said about a run; what is not given stays as it is. */
export type CheckPatch = {
  name?: string | undefined;
  status?: string | undefined;
  conclusion?: string | undefined;
  externalId?: string | undefined;
  detailsUrl?: string | undefined;
  startedAt?: string | undefined;
  completedAt?: string | undefined;
  output?:
    | {
        title?: string | undefined;
        summary?: string | undefined;
        text?: string | undefined;
        annotations: number;
      }
    | undefined;
};

function announce(hub: Hub, actor: Actor, run: CheckRun, action: string): void {
  const repo = repositoryById(hub.state, run.repoId);
  const body = { check_run: checkRunEventShape(hub, run) };
  hub.announce({ event: 'check_run', action, sender: actor.user, repo, body });
}

/** Makes a check run: only apps may; 422 for a commit the repository does not have. */
export function createCheckRun(
  hub: Hub,
  actor: Actor,
  repo: Repository,
  wanted: CheckPatch & { headSha: Sha },
): CheckRun {
  if (actor.app === null) throw new Refused(403, 'You must authenticate via a GitHub App.');
  need(actor, repo, 'write', 'checks');
  return placeCheckRun(hub, actor, repo, { ...wanted, appId: actor.app.id });
}

/** The same for any app id: how a test forges a check in another app's name. */
export function placeCheckRun(
  hub: Hub,
  actor: Actor,
  repo: Repository,
  wanted: CheckPatch & { headSha: Sha; appId: number },
): CheckRun {
  if (!repo.commits.has(wanted.headSha)) {
    throw new Refused(422, `No commit found for SHA: ${wanted.headSha}`);
  }
  if (wanted.name === undefined || wanted.name === '') throw invalid('CheckRun', 'name', 'missing_field');
  const id = nextId(hub.state);
  const suite = repo.checkRuns.get(wanted.headSha)?.find((run) => run.appId === wanted.appId)?.suiteId;
  const run: CheckRun = {
    id,
    nodeId: nodeId('CheckRun', id),
    repoId: repo.id,
    appId: wanted.appId,
    name: wanted.name,
    headSha: wanted.headSha,
    externalId: '',
    detailsUrl: '',
    status: 'queued',
    conclusion: null,
    startedAt: hub.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: 0 },
    suiteId: suite ?? nextId(hub.state),
  };
  apply(hub, run, wanted);
  repo.checkRuns.set(run.headSha, [...(repo.checkRuns.get(run.headSha) ?? []), run]);
  hub.state.checkRuns.set(id, run);
  register(hub.state, { type: 'CheckRun', it: run });
  announce(hub, actor, run, 'created');
  if (run.status === 'completed') announce(hub, actor, run, 'completed');
  return run;
}

/** Changes a run of one's own; `completed` is announced when it becomes so. */
export function updateCheckRun(hub: Hub, actor: Actor, run: CheckRun, patch: CheckPatch): void {
  need(actor, repositoryById(hub.state, run.repoId), 'write', 'checks');
  if (actor.app?.id !== run.appId)
    throw new Refused(
      403,
      'Invalid app_id `0` - check run can only be modified by the GitHub App that created it.',
    );
  const before = run.status;
  apply(hub, run, patch);
  if (run.status === 'completed' && before !== 'completed') announce(hub, actor, run, 'completed');
}

function apply(hub: Hub, run: CheckRun, patch: CheckPatch): void {
  if (patch.conclusion !== undefined && !CONCLUSIONS.has(patch.conclusion))
    throw invalid('CheckRun', 'conclusion', 'invalid');
  const status = patch.conclusion === undefined ? patch.status : 'completed';
  if (status !== undefined) setStatus(hub, run, status, patch);
  if (patch.name !== undefined) run.name = patch.name;
  if (patch.externalId !== undefined) run.externalId = patch.externalId;
  if (patch.detailsUrl !== undefined) run.detailsUrl = patch.detailsUrl;
  if (patch.startedAt !== undefined) run.startedAt = patch.startedAt;
  if (patch.output === undefined) return;
  const { title, summary, text, annotations } = patch.output;
  for (const [field, value] of [
    ['summary', summary],
    ['text', text],
  ] as const) {
    // Promised in characters, counted in bytes (github/docs#35252).
    if (Buffer.byteLength(value ?? '') > LIMIT)
      throw invalid('CheckRun', field, 'custom', `${field} exceeds a maximum bytesize of ${LIMIT}`);
  }
  if (annotations > 50)
    throw invalid('CheckRun', 'annotations', 'custom', 'No more than 50 annotations per request');
  run.output = { title: title ?? null, summary: summary ?? null, text: text ?? null, annotations };
}

function setStatus(hub: Hub, run: CheckRun, status: string, patch: CheckPatch): void {
  if (status !== 'queued' && status !== 'in_progress' && status !== 'completed')
    throw invalid('CheckRun', 'status', 'invalid');
  if (status === 'completed' && patch.conclusion === undefined && run.conclusion === null) {
    throw invalid('CheckRun', 'conclusion', 'missing_field');
  }
  // A verdict is for ever: "Once a check run transitions to completed, it's not possible to modify its status nor its
  // conclusion further" (GitHub staff, community 24761; Mergify #1989, Atlantis lyft#265): answered 200, nothing changed.
  if (run.status === 'completed') return;
  run.status = status;
  run.conclusion = status === 'completed' ? (patch.conclusion ?? run.conclusion) : null;
  run.completedAt = status === 'completed' ? (patch.completedAt ?? hub.now()) : null;
}

/** A person presses "Re-run": the app is asked again. */
export function rerequest(hub: Hub, actor: Actor, run: CheckRun): void {
  need(actor, repositoryById(hub.state, run.repoId), 'write', 'checks');
  announce(hub, actor, run, 'rerequested');
}

/** The newest run of each name and app on a commit: what people see. */
export function visibleRuns(repo: Repository, sha: Sha): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of repo.checkRuns.get(sha) ?? []) newest.set(`${run.appId} ${run.name}`, run);
  return [...newest.values()];
}

/** Why the required checks refuse a merge; empty when they do not. */
export function unmetChecks(repo: Repository, pull: Pick<Pull, 'headSha'>): string[] {
  const runs = visibleRuns(repo, pull.headSha);
  return repo.requiredChecks.flatMap(({ context, appId }) => {
    const named = runs.filter((run) => run.name === context);
    const ours = named.filter((run) => appId === null || run.appId === appId);
    if (ours.some((run) => run.conclusion !== null && PASSES.has(run.conclusion))) return [];
    if (ours.length === 0 && named.length > 0) {
      return [`Required status check "${context}" was not set by the expected GitHub app.`];
    }
    const said = ours[0] === undefined ? 'expected' : (ours[0].conclusion ?? ours[0].status);
    return [`Required status check "${context}" is ${said}.`];
  });
}
