/** The parts of payloads that several readers share: only what we use, checked; all else is ignored. */
import { z } from 'zod';
import type { IssueId, IssueNumber } from '../../core/epic/subject.ts';
import type { Actor, IssueSeen, PullSeen } from './news.ts';

/** GitHub shows a deleted account as null; github.com's stand-in for it is this one. */
const ghost: Actor = { id: 10137, login: 'ghost', bot: false };

/** A user object or null → Actor. */
export const actor = z
  .object({ id: z.number(), login: z.string(), node_id: z.string().optional(), type: z.string().optional() })
  .nullish()
  .transform((user): Actor => {
    if (user == null) return ghost;
    const nodeId = user.node_id === undefined ? {} : { nodeId: user.node_id };
    return {
      id: user.id,
      login: user.login,
      ...nodeId,
      bot: user.type !== undefined && user.type !== 'User',
    };
  });

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** An issue object (also a pull request's issue side) → IssueSeen. */
export const issueSeen = z
  .object({
    number: z.number(),
    id: z.number(),
    node_id: z.string().default(''),
    title: z.string(),
    body: text,
    state: z.string().optional(),
    user: actor,
    labels: z.array(z.object({ name: z.string() })).nullish(),
    assignees: z.array(z.object({ login: z.string() })).nullish(),
    pull_request: z.object({}).nullish(),
    updated_at: z.string().default(''),
    closed_at: z.string().nullish(),
    performed_via_github_app: z.object({ id: z.number() }).nullish(),
  })
  .transform(
    (issue): IssueSeen => ({
      number: issue.number as IssueNumber,
      id: issue.id as IssueId,
      nodeId: issue.node_id,
      title: issue.title,
      body: issue.body,
      open: issue.state !== 'closed',
      author: issue.user,
      labels: (issue.labels ?? []).map((label) => label.name),
      assignees: (issue.assignees ?? []).map((person) => person.login),
      isPull: issue.pull_request != null,
      updatedAt: issue.updated_at,
      ...(issue.closed_at != null && { closedAt: issue.closed_at }),
      ...(issue.performed_via_github_app && { appId: issue.performed_via_github_app.id }),
    }),
  );

const branch = z.object({
  ref: z.string().default(''),
  sha: z.string(),
  repo: z.object({ id: z.number() }).nullish(),
});

/** A pull request object → PullSeen. A head repository that is gone counts as a fork. */
export const pullSeen = z
  .object({
    number: z.number(),
    body: text,
    state: z.string(),
    merged: z.boolean().nullish(),
    merged_at: z.string().nullish(),
    draft: z.boolean().nullish(),
    user: actor,
    head: branch,
    base: branch.omit({ sha: true }),
  })
  .transform((pull): PullSeen => {
    const merged = pull.merged === true || (pull.merged_at ?? null) !== null;
    return {
      number: pull.number,
      body: pull.body,
      branch: pull.head.ref,
      draft: pull.draft === true,
      head: pull.head.sha,
      base: pull.base.ref,
      fork: pull.head.repo?.id !== pull.base.repo?.id,
      author: pull.user,
      state: pull.state === 'open' ? 'open' : merged ? 'merged' : 'closed',
    };
  });

/** `performed_via_github_app`: set when an app spoke with a person's token (threats T21). */
export const viaApp = z
  .object({ id: z.number() })
  .nullish()
  .transform((app) => app != null);
