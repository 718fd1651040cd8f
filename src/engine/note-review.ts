/** A review into the epic: with the roles its reviewer holds now, and the pull request as it is now (threats T13). */
import { findStage } from '../core/epic/stage.ts';
import type { EpicId } from '../core/epic/subject.ts';
import type { ReviewSeen } from '../github/incoming/news.ts';
import { askPull, askRoles } from './ask.ts';
import { askerFor, factsFrom, momentOf, type Reading } from './news/reading.ts';
import { rulesOf } from './repository-rules.ts';

/** Records a review of a linked pull request; reviews by apps, and by people without a role of the gate, change nothing. */
export const noteReview = async (
  reading: Reading,
  epicId: EpicId,
  number: number,
  review: ReviewSeen,
): Promise<void> => {
  const { desk, site, delivery } = reading;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  const known = epic.pulls.find((pull) => pull.number === number);
  if (known === undefined) return;
  const rules = await reading.rules();
  const approvers = findStage(epic, known.stage)?.definition.gate?.approvers ?? [];
  const roles = rules.broken === null ? await askRoles(askerFor(reading, rules), review.by, approvers) : [];
  const counted = roles.length > 0 && (!review.viaApp || review.by.bot);
  if (!counted && review.verdict !== 'dismissed') return;
  const pulls = review.verdict === 'dismissed' ? [] : [await askPull(site, known)];
  const by = { id: review.by.id, login: review.by.login };
  const { id, verdict, commit, text } = review;
  const cause = `review/${id}/${verdict}/${delivery.guid}`;
  await desk.handle(epicId, {
    ...factsFrom(reading, by, cause),
    rules: rules.broken === null ? rulesOf(rules.configuration) : epic.rules,
    pulls,
    type: 'NoteReview',
    number,
    review: { id, by, verdict, commit, text, roles, at: momentOf(delivery) },
  });
};
