/** How GitHub writes check runs. */
import { fullName, repositoryById } from '../find.ts';
import type { Hub, Shape } from '../hub.ts';
import { nodeId } from '../ids.ts';
import type { CheckRun, Issue, Pull, Repository } from '../state.ts';
import { viaApp } from './app.ts';

/** GitHub's `check-run`. */
export function checkRunShape(hub: Hub, run: CheckRun): Shape {
  const repo = repositoryById(hub.state, run.repoId);
  const name = fullName(hub.state, repo);
  const at = `${hub.url}/repos/${name}/check-runs/${run.id}`;
  const page = `${hub.url}/${name}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url: at,
    html_url: page,
    details_url: run.detailsUrl === '' ? page : run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotations,
      annotations_url: `${at}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: viaApp(hub, run.appId),
    pull_requests: pullMentions(hub, repo, run.headSha),
  };
}

/** The same as webhooks write it: with the whole check suite. */
export function checkRunEventShape(hub: Hub, run: CheckRun): Shape {
  const repo = repositoryById(hub.state, run.repoId);
  const pull_requests = pullMentions(hub, repo, run.headSha);
  const branch = [...repo.branches].find(([, sha]) => sha === run.headSha)?.[0] ?? null;
  const check_suite = {
    id: run.suiteId,
    node_id: nodeId('CheckSuite', run.suiteId),
    head_branch: branch,
    head_sha: run.headSha,
    status: run.status,
    conclusion: run.conclusion,
    url: `${hub.url}/repos/${fullName(hub.state, repo)}/check-suites/${run.suiteId}`,
    before: null,
    after: run.headSha,
    pull_requests,
    app: viaApp(hub, run.appId),
    created_at: run.startedAt,
    updated_at: run.completedAt ?? run.startedAt,
  };
  return { ...checkRunShape(hub, run), check_suite, pull_requests };
}

// A fork's pull requests are never listed: GitHub leaves the array empty for them.
function pullMentions(hub: Hub, repo: Repository, sha: string): Shape[] {
  const mentions: Shape[] = [];
  for (const issue of repo.pulls) {
    const pull = issue.pull;
    if (pull === null || issue.state !== 'open' || pull.headSha !== sha || pull.headRepoId !== repo.id)
      continue;
    mentions.push(pullMention(hub, repo, issue, pull));
  }
  return mentions;
}

function pullMention(hub: Hub, repo: Repository, issue: Issue, pull: Pull): Shape {
  const url = `${hub.url}/repos/${fullName(hub.state, repo)}`;
  const where = { id: repo.id, url, name: repo.name };
  return {
    id: pull.id,
    number: issue.number,
    url: `${url}/pulls/${issue.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo: where },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo: where },
  };
}
