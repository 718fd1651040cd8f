/** What GitHub itself demands before something gets into a branch: rulesets and classic protection, as far as each can be read. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../octokit.ts';
import { pages } from '../pages.ts';

/** Rules for reviews of pull requests, the strictest of all that apply. */
export interface ReviewRules {
  readonly approvals: number;
  readonly dismissesStale: boolean;
  readonly lastPush: boolean;
  readonly codeOwners: boolean;
}

/** What every reader of a repository may know of a branch. */
export interface BranchRules {
  /** Checks that must pass; `appId` null: whoever sets one of that name. */
  readonly checks: readonly { readonly name: string; readonly appId: number | null }[];
  readonly reviews: ReviewRules;
  readonly mergeQueue: boolean;
  /** The rulesets these rules come from. */
  readonly rulesets: readonly number[];
  /** Whether a classic protection is there too, whose other rules need a permission that we do not have. */
  readonly classic: boolean;
  /** Whether the classic protection's checks bind administrators; null where there is none, or it does not say. */
  readonly bindsAdmins: boolean | null;
}

const check = z.object({ context: z.string(), integration_id: z.number().nullish() });
const rule = z.object({
  type: z.string(),
  ruleset_id: z.number().nullish(),
  parameters: z
    .object({
      required_status_checks: z.array(check).optional(),
      dismiss_stale_reviews_on_push: z.boolean().optional(),
      require_code_owner_review: z.boolean().optional(),
      require_last_push_approval: z.boolean().optional(),
      required_approving_review_count: z.number().optional(),
    })
    .nullish(),
});
type Rule = z.infer<typeof rule>;

const branchSeen = z.object({
  protected: z.boolean(),
  protection: z
    .object({
      enabled: z.boolean().optional(),
      required_status_checks: z
        .object({
          enforcement_level: z.string().optional(),
          contexts: z.array(z.string()).optional(),
          checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })).optional(),
        })
        .nullish(),
    })
    .nullish(),
});

const rulesetSeen = z.object({
  name: z.string(),
  bypass_actors: z
    .array(z.object({ actor_type: z.string(), actor_id: z.number().nullish(), bypass_mode: z.string() }))
    .nullish(),
});

const reviewsIn = (rules: readonly Rule[]): ReviewRules => {
  const asked = rules.flatMap((one) => (one.type === 'pull_request' ? [one.parameters ?? {}] : []));
  return {
    approvals: Math.max(0, ...asked.map((one) => one.required_approving_review_count ?? 0)),
    dismissesStale: asked.some((one) => one.dismiss_stale_reviews_on_push === true),
    lastPush: asked.some((one) => one.require_last_push_approval === true),
    codeOwners: asked.some((one) => one.require_code_owner_review === true),
  };
};

/** The rules of a branch now. Throws GitHubFailure, also `refused` where this server does not tell. */
export const branchRulesNow = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
  branch: string,
): Promise<BranchRules> => {
  const rules: Rule[] = [];
  for await (const page of pages(client, 'GET /repos/{owner}/{repo}/rules/branches/{branch}', {
    owner,
    repo,
    branch,
  }))
    rules.push(...z.array(rule).parse(page));
  const { data } = await client.get('GET /repos/{owner}/{repo}/branches/{branch}', { owner, repo, branch });
  const { protected: isProtected, protection } = branchSeen.parse(data);
  const old = protection?.required_status_checks;
  const level = old?.enforcement_level;
  const oldChecks = (old?.contexts ?? []).map((name) => ({
    name,
    appId: old?.checks?.find((one) => one.context === name)?.app_id ?? null,
  }));
  const newChecks = rules.flatMap((one) =>
    (one.parameters?.required_status_checks ?? []).map(({ context, integration_id: appId }) => ({
      name: context,
      appId: appId ?? null,
    })),
  );
  return {
    checks: [...newChecks, ...oldChecks],
    reviews: reviewsIn(rules),
    mergeQueue: rules.some((one) => one.type === 'merge_queue'),
    rulesets: [...new Set(rules.flatMap((one) => one.ruleset_id ?? []))],
    classic: isProtected && protection?.enabled === true,
    bindsAdmins: level === undefined || level === 'off' ? null : level === 'everyone',
  };
};

/** Who may pass a ruleset by: `RepositoryRole 5 (always)`; null where GitHub does not show it to us. Throws GitHubFailure. */
export const bypassersOf = async (
  client: Client,
  { owner, name: repo }: RepositoryRef,
  ruleset: number,
): Promise<{ readonly name: string; readonly who: readonly string[] | null }> => {
  const route = 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}';
  const { data } = await client.get(route, { owner, repo, ruleset_id: ruleset });
  const { name, bypass_actors: actors } = rulesetSeen.parse(data);
  const who = actors?.map((one) => `${one.actor_type} ${one.actor_id ?? ''} (${one.bypass_mode})`);
  return { name, who: who ?? null };
};
