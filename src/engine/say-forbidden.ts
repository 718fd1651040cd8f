/** GitHub forbade us what somebody's word needs: they are told once what is missing, for it looks like silence else. */
import { z } from 'zod';
import { code } from '../core/epic/say-who.ts';
import { GitHubFailure } from '../github/failure.ts';
import { findRepositories } from '../ledger/repositories.ts';
import type { Delivery } from '../ledger/unread.ts';
import type { Desk } from './desk.ts';
import { readPayload } from './read-payload.ts';
import { say } from './say.ts';

/** What people say and expect an answer to. */
const words = new Set(['issues.labeled', 'issues.opened', 'issue_comment.created']);
const forbidden = /not accessible by integration/i;
const shown = z.object({ issue: z.object({ node_id: z.string().default('') }) });

/** What the refused question was about, in the words of GitHub's settings. */
const permissionFor = (url: string): string => {
  if (/ \/orgs\/[^ ]*\/teams/.test(url)) return 'Members: read, an organization permission';
  if (/\/contents|\/commits/.test(url)) return 'Contents: read';
  if (/\/pulls/.test(url)) return 'Pull requests: write';
  return 'one of those in app.yml';
};

/** Promises one comment per issue; nothing where GitHub said no for another reason, or nobody waits for an answer. */
export const sayForbidden = async (desk: Desk, delivery: Delivery, failure: unknown): Promise<void> => {
  const { event, action, repositoryId, number, lane } = delivery;
  if (!(failure instanceof GitHubFailure) || failure.kind !== 'refused' || failure.status !== 403) return;
  if (!forbidden.test(failure.message) || !words.has(`${event}.${action}`)) return;
  if (repositoryId === null || number === null) return;
  const [known] = await findRepositories(desk.hold, { id: repositoryId });
  if (known === undefined) return;
  const nodeId = shown.safeParse(readPayload(delivery.body)).data?.issue.node_id ?? '';
  const { id, owner, name } = known;
  const text = [
    `Gatehouse lacks a permission here (${permissionFor(failure.url)}), so this waits: GitHub refused ${code(failure.url)}.`,
    `- who may: an owner of ${code(owner)}`,
    "- what to do: grant it in the App's settings, then accept it in the account's settings, GitHub Apps; what waits is tried again then",
  ].join('\n');
  const repository = { id, nodeId: known.nodeId, owner, name };
  desk.promise(say(lane, `forbidden:${number}`, { repository, number, nodeId, text }));
};
