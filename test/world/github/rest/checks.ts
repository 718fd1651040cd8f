/** Check runs. */
import { type CheckPatch, createCheckRun, rerequest, updateCheckRun, visibleRuns } from '../acts/checks.ts';
import { resolveRef } from '../acts/commits.ts';
import { fullName } from '../find.ts';
import type { Shape } from '../hub.ts';
import { notFound } from '../refusal.ts';
import {
  type Answer,
  asker,
  type Call,
  cut,
  needText,
  object,
  ok,
  param,
  type Route,
  repoOf,
  route,
  text,
} from '../request.ts';
import { checkRunShape } from '../shapes/check.ts';
import type { CheckRun } from '../state.ts';

function patchOf(body: Shape): CheckPatch {
  const output = object(body, 'output');
  const annotations = output?.['annotations'];
  return {
    name: text(body, 'name'),
    status: text(body, 'status'),
    conclusion: text(body, 'conclusion'),
    externalId: text(body, 'external_id'),
    detailsUrl: text(body, 'details_url'),
    startedAt: text(body, 'started_at'),
    completedAt: text(body, 'completed_at'),
    output: output && {
      title: text(output, 'title'),
      summary: text(output, 'summary'),
      text: text(output, 'text'),
      annotations: Array.isArray(annotations) ? annotations.length : 0,
    },
  };
}

function runOf(call: Call): CheckRun {
  const run = call.hub.state.checkRuns.get(Number(param(call, 'check_run_id')));
  if (run === undefined || run.repoId !== repoOf(call).id) throw notFound();
  return run;
}

function create(call: Call): Answer {
  const wanted = {
    ...patchOf(call.body),
    name: needText(call.body, 'name'),
    headSha: needText(call.body, 'head_sha'),
  };
  return ok(checkRunShape(call.hub, createCheckRun(call.hub, asker(call), repoOf(call), wanted)), 201);
}

function update(call: Call): Answer {
  const run = runOf(call);
  updateCheckRun(call.hub, asker(call), run, patchOf(call.body));
  return ok(checkRunShape(call.hub, run));
}

function ofCommit(call: Call): Answer {
  const repo = repoOf(call);
  const { sha } = resolveRef(repo, param(call, 'ref'));
  const { query } = call;
  const all = query.get('filter') === 'all' ? (repo.checkRuns.get(sha) ?? []) : visibleRuns(repo, sha);
  const wanted = (key: string, value: string) => (query.get(key) ?? value) === value;
  const shown = all.filter(
    (run) =>
      wanted('check_name', run.name) && wanted('app_id', String(run.appId)) && wanted('status', run.status),
  );
  const path = `/repos/${fullName(call.hub.state, repo)}/commits/${sha}/check-runs`;
  const { items, headers } = cut(call, path, shown.toReversed());
  const body = { total_count: shown.length, check_runs: items.map((run) => checkRunShape(call.hub, run)) };
  return { status: 200, body, headers };
}

function again(call: Call): Answer {
  rerequest(call.hub, asker(call), runOf(call));
  return ok({}, 201);
}

export const checkRoutes: readonly Route[] = [
  route('POST', '/repos/{owner}/{repo}/check-runs', create),
  route('GET', '/repos/{owner}/{repo}/check-runs/{check_run_id}', (call) =>
    ok(checkRunShape(call.hub, runOf(call))),
  ),
  route('PATCH', '/repos/{owner}/{repo}/check-runs/{check_run_id}', update),
  route('POST', '/repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest', again),
  route('GET', '/repos/{owner}/{repo}/commits/{ref}/check-runs', ofCommit),
];
