/** What a repository's settings demand of its branches, and of Actions, as far as whoever asks may see it. */
import { resolveRef } from '../acts/commits.ts';
import { fullName, need } from '../find.ts';
import { notFound } from '../refusal.ts';
import { type Answer, asker, type Call, ok, param, type Route, repoOf, route } from '../request.ts';
import { commitShape } from '../shapes/commit.ts';
import type { Repository } from '../state.ts';

function ruleset(call: Call, repo: Repository) {
  return {
    ruleset_source_type: 'Repository',
    ruleset_source: fullName(call.hub.state, repo),
    ruleset_id: 1,
  };
}

function checksRule(repo: Repository) {
  const required_status_checks = repo.requiredChecks.map(({ context, appId }) =>
    appId === null ? { context } : { context, integration_id: appId },
  );
  return {
    type: 'required_status_checks',
    parameters: { required_status_checks, strict_required_status_checks_policy: false },
  };
}

function reviewsRule(reviews: NonNullable<NonNullable<Repository['rules']>['reviews']>) {
  return {
    type: 'pull_request',
    parameters: {
      dismiss_stale_reviews_on_push: reviews.dismissStale,
      require_code_owner_review: reviews.codeOwners,
      require_last_push_approval: reviews.lastPush,
      required_approving_review_count: reviews.approvals,
      required_review_thread_resolution: false,
    },
  };
}

const QUEUE = {
  type: 'merge_queue',
  parameters: {
    check_response_timeout_minutes: 60,
    grouping_strategy: 'ALLGREEN',
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: 'MERGE',
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  },
};

function rulesOf(repo: Repository) {
  const { reviews, mergeQueue } = repo.rules ?? {};
  return [
    ...(repo.requiredChecks.length === 0 ? [] : [checksRule(repo)]),
    ...(reviews === undefined ? [] : [reviewsRule(reviews)]),
    ...(mergeQueue === true ? [QUEUE] : []),
  ];
}

function branchRules(call: Call): Answer {
  const repo = repoOf(call);
  if (param(call, 'branch') !== repo.defaultBranch) return ok([]);
  return ok(rulesOf(repo).map((one) => ({ ...one, ...ruleset(call, repo) })));
}

/** `bypass_actors` is left out for those who may not change the ruleset. */
function oneRuleset(call: Call): Answer {
  const repo = repoOf(call);
  if (param(call, 'ruleset_id') !== '1' || rulesOf(repo).length === 0) throw notFound();
  const bypass = repo.rules?.bypass;
  return ok({
    id: 1,
    name: 'main',
    target: 'branch',
    source_type: 'Repository',
    source: fullName(call.hub.state, repo),
    enforcement: 'active',
    rules: rulesOf(repo),
    ...(bypass === undefined ? {} : { bypass_actors: bypass }),
  });
}

function branch(call: Call): Answer {
  const repo = repoOf(call);
  const name = param(call, 'branch');
  if (!repo.branches.has(name)) throw notFound();
  const at = `${call.hub.url}/repos/${fullName(call.hub.state, repo)}/branches/${name}`;
  const classic = name === repo.defaultBranch ? repo.rules?.classic : undefined;
  const contexts = classic?.checks.map((check) => check.context) ?? [];
  const required_status_checks = {
    enforcement_level: classic?.level ?? 'off',
    contexts,
    checks: classic?.checks ?? [],
  };
  return ok({
    name,
    commit: commitShape(call.hub, repo, resolveRef(repo, name)),
    _links: { self: at, html: at },
    protected: classic !== undefined || rulesOf(repo).length > 0,
    protection: { enabled: classic !== undefined, required_status_checks },
    protection_url: `${at}/protection`,
  });
}

/** For administrators, and apps with Administration. */
function workflowToken(call: Call): Answer {
  need(asker(call), repoOf(call), 'admin', 'administration');
  return ok({ default_workflow_permissions: 'read', can_approve_pull_request_reviews: false });
}

export const ruleRoutes: readonly Route[] = [
  route('GET', '/repos/{owner}/{repo}/rules/branches/{branch}', branchRules),
  route('GET', '/repos/{owner}/{repo}/rulesets/{ruleset_id}', oneRuleset),
  route('GET', '/repos/{owner}/{repo}/branches/{branch}', branch),
  route('GET', '/repos/{owner}/{repo}/actions/permissions/workflow', workflowToken),
];
