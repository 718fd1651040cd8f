/** One issue as GitHub shows it now, for comparing it with what it should say. */
import { z } from 'zod';
import type { Person } from '../../core/epic/person.ts';
import type { IssueRef, RepositoryRef } from '../../core/epic/subject.ts';
import type { Client } from '../client.ts';
import { GitHubFailure, isGone } from '../failure.ts';
import { restIssue } from './issue-ref.ts';

/** An issue as GitHub shows it to whoever may read it. */
export interface IssueShown {
  readonly kind: 'issue';
  readonly issue: IssueRef;
  readonly state: 'open' | 'closed';
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
  readonly locked: boolean;
  /** How many issues block it, closed ones too; null where the server does not say. */
  readonly blockers: number | null;
  /** When it was closed and by whom, as far as GitHub says; null while it is open. */
  readonly closed: { readonly at: string; readonly by: Person | null } | null;
}

/** `moved`: transferred, or the repository was renamed; by which id it is to be found now (threats T104). */
export type IssueNow =
  | IssueShown
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'moved';
      readonly location: string;
      readonly repositoryId: number | null;
      readonly number: number | null;
    };

const named = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const person = z
  .object({ id: z.number(), login: z.string(), node_id: z.string().optional() })
  .transform(
    ({ id, login, node_id: nodeId }): Person => ({ id, login, ...(nodeId !== undefined && { nodeId }) }),
  );
const shape = z.object({
  number: z.number(),
  id: z.number(),
  node_id: z.string().default(''),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  labels: z.array(named),
  assignees: z.array(person).nullish(),
  locked: z.boolean().nullish(),
  closed_at: z.string().nullish(),
  closed_by: person.nullish(),
  issue_dependencies_summary: z.object({ total_blocked_by: z.number().nullish() }).nullish(),
});

/** REST's issue object → IssueShown. */
export const issueShown = shape.transform(
  ({ number, id, node_id, ...data }): IssueShown => ({
    kind: 'issue',
    issue: restIssue.parse({ number, id, node_id }),
    state: data.state,
    title: data.title,
    body: data.body ?? '',
    labels: data.labels,
    assignees: data.assignees ?? [],
    locked: data.locked ?? false,
    blockers: data.issue_dependencies_summary?.total_blocked_by ?? null,
    closed: data.closed_at == null ? null : { at: data.closed_at, by: data.closed_by ?? null },
  }),
);

const movedTo = (location: string): IssueNow => {
  const [, repositoryId, number] = /\/repositories\/(\d+)\/issues\/(\d+)/.exec(location) ?? [];
  return {
    kind: 'moved',
    location,
    repositoryId: repositoryId === undefined ? null : Number(repositoryId),
    number: number === undefined ? null : Number(number),
  };
};

/** Repository and number → what is there. Throws GitHubFailure for everything but gone and moved. */
export const readIssue = async (
  client: Client,
  repository: RepositoryRef,
  number: number,
): Promise<IssueNow> => {
  try {
    const params = { owner: repository.owner, repo: repository.name, issue_number: number };
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
    const { data } = await client.get(route, params, { redirect: 'manual' });
    return issueShown.parse(data);
  } catch (failure) {
    if (isGone(failure)) return { kind: 'gone' };
    if (failure instanceof GitHubFailure && failure.location !== null) return movedTo(failure.location);
    throw failure;
  }
};
