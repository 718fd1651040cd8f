/** Comments with commands that nobody has answered: GitHub never delivered them, or they came before their epic (threats F18). */

import { editedReply } from '../../core/render/edited-reply.ts';
import { findCommand } from '../../core/slash/index.ts';
import { readComment } from '../../core/slash/read-comment.ts';
import type { Typed } from '../../core/slash/slash-command.ts';
import { type CommentListed, commentsSince, rawIssue } from '../../github/facts/comments-since.ts';
import { issueSeen } from '../../github/incoming/seen.ts';
import { unheard } from '../../ledger/heard.ts';
import { laneOf, subjectOf } from '../../ledger/subjects.ts';
import { subjectLane } from '../engine.ts';
import { say } from '../say.ts';
import { asIfDelivered } from './as-if-delivered.ts';
import { moment, type Survey } from './survey.ts';

/** How far a repository that was never surveyed is looked back at; longer than GitHub could redeliver, nobody waits. */
const firstLook = 24 * 3_600_000;

interface Spoken {
  readonly comment: CommentListed;
  readonly typed: readonly Typed[];
  readonly lane: string;
}

/** With commands, on something that is ours or just becomes it; a link may be said on any pull request. */
const spokenIn = async (
  { desk, site }: Survey,
  comment: CommentListed,
  begun: readonly number[],
): Promise<Spoken | undefined> => {
  const typed = readComment(comment.body).filter(({ name }) => findCommand(name) !== undefined);
  if (typed.length === 0 || comment.byUs) return undefined;
  const { number } = comment;
  const ours = begun.includes(number) || (await subjectOf(desk.hold, site.known.id, number)) !== undefined;
  if (!ours && !typed.some(({ name }) => name === 'link')) return undefined;
  return { comment, typed, lane: await laneOf(desk.hold, site.known.id, number) };
};

/** What was created nobody can tell any more: it is not obeyed, and its author hears so once (threats T40). */
const sayEdited = ({ desk, site }: Survey, { comment, typed, lane }: Spoken, issue: unknown): void => {
  if (comment.by.bot || !lane.startsWith('epic:')) return;
  const { number, nodeId } = issueSeen.parse(issue);
  const text = editedReply(
    comment.by,
    typed.map(({ name }) => name),
  );
  desk.promise(say(lane, `edited:${comment.id}`, { repository: site.ref, number, nodeId, text }));
};

/** Takes in each as if it had been delivered; answers whether some are too young to say. */
export const findComments = async (survey: Survey, begun: readonly number[]): Promise<boolean> => {
  const { desk, site, until } = survey;
  const since = survey.since ?? moment(Date.parse(until) - firstLook);
  const listed = await commentsSince(site.client, site.ref, since);
  const spoken: Spoken[] = [];
  for (const comment of listed.filter(({ createdAt }) => createdAt >= since && createdAt <= until)) {
    const one = await spokenIn(survey, comment, begun);
    if (one !== undefined) spoken.push(one);
  }
  const heardIn = (laneOfOne: (one: Spoken) => string) =>
    unheard(
      desk.hold,
      spoken.map((one) => ({ lane: laneOfOne(one), commentId: one.comment.id })),
    );
  const fresh = await heardIn(({ lane }) => lane);
  // Said on what belonged to no epic yet, it was answered there (see answer-stray.ts).
  const early = await heardIn(({ comment }) => subjectLane(site.known.id, comment.number));
  for (const one of spoken.filter(({ comment: { id } }) => fresh.has(id) && early.has(id))) {
    const { id, number, edited, raw } = one.comment;
    const issue = await rawIssue(site.client, site.ref, number);
    if (issue === undefined) continue;
    if (edited) {
      sayEdited(survey, one, issue);
      continue;
    }
    const sender = raw !== null && typeof raw === 'object' && 'user' in raw ? raw.user : null;
    const body = { issue, comment: raw };
    const name = `comment/${id}`;
    await asIfDelivered(survey, { name, event: 'issue_comment', action: 'created', number, body, sender });
  }
  return listed.some(({ createdAt }) => createdAt > until);
};
