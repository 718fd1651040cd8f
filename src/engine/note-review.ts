/** A review into the epic: with the roles its reviewer holds now, and the pull request as it is now (threats T13). */
import { findStage } from '../core/epic/stage.ts';
import type { ReviewSeen } from '../github/incoming/news.ts';
import { type Asker, approversOf, askHeld, askRolesOfApprovers, bareFacts } from './ask.ts';
import { askPull } from './ask-pull.ts';
import type { Desk } from './desk.ts';
import { rulesOf } from './repository-rules.ts';
import { saidAt } from './said-at.ts';

/** Where a review was found: on which pull request of which epic, when, and through what. */
export interface Finding {
  readonly desk: Desk;
  readonly asker: Asker;
  readonly epicId: string;
  readonly number: number;
  readonly at: string;
  /** What led to it: a delivery's guid, or the reconcile. */
  readonly source: string;
}

/** Records a review of a linked pull request; reviews by apps, and by people without a role of the gate, change nothing. */
export const noteReview = async (finding: Finding, review: ReviewSeen): Promise<void> => {
  const { desk, asker, epicId, number, at } = finding;
  const { rules, site } = asker;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  const known = epic.pulls.find((pull) => pull.number === number);
  if (known === undefined) return;
  const stage = findStage(epic, known.stage);
  const approvers = stage === undefined ? [] : approversOf(stage.definition);
  const { roles, instead } =
    rules.broken === null ? await askHeld(asker, review.by, approvers) : { roles: [], instead: [] };
  const own = !review.viaApp || review.by.bot;
  // What somebody said while they had the role does not outlive what they say without it (threats T31).
  const heard = known.reviews.some((one) => one.by.id === review.by.id);
  if ((!own || (roles.length === 0 && !heard)) && review.verdict !== 'dismissed') return;
  const pulls = review.verdict === 'dismissed' ? [] : [await askPull(site, epic, known)];
  // It may pass the gate with what others have said before (threats T26, T32).
  const mayPass = review.verdict === 'approved' && rules.broken === null;
  const asked = mayPass ? await askRolesOfApprovers(asker, epic, known.stage) : {};
  const by = { id: review.by.id, login: review.by.login };
  const { id, verdict, commit, text } = review;
  const when = saidAt({ source: finding.source, heardAt: at }, review.saidAt);
  await desk.handle(epicId, {
    ...bareFacts(by, at, `review/${id}/${verdict}/${finding.source}`),
    rules: rules.broken === null ? rulesOf(rules.configuration) : epic.rules,
    pulls,
    ...asked,
    type: 'NoteReview',
    number,
    review: { id, by, verdict, commit, text, roles, ...(instead.length > 0 && { instead }), at },
    ...(when !== undefined && { saidAt: when }),
  });
};
