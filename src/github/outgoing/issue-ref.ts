/** Reads an issue's three names out of an answer of GitHub's, REST or GraphQL. */
import { z } from 'zod';
import type { IssueId, IssueNumber, IssueRef } from '../../core/epic/subject.ts';

const whole = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value);
const number = z.custom<IssueNumber>(whole);
const id = z.custom<IssueId>(whole);

/** REST's issue object → IssueRef. */
export const restIssue = z
  .object({ number, id, node_id: z.string().default('') })
  .transform((issue): IssueRef => ({ number: issue.number, id: issue.id, nodeId: issue.node_id }));

/** GraphQL's `{ id databaseId number }` → IssueRef. */
export const graphqlIssue = z
  .object({ number, databaseId: id, id: z.string() })
  .transform((issue): IssueRef => ({ number: issue.number, id: issue.databaseId, nodeId: issue.id }));
