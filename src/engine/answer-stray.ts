/** A command on a pull request that belongs to no stage: its author believes to have said something, and hears how it would have been heard. */
import { type Refusal, refuse } from '../core/epic/refusal.ts';
import { refusalReply } from '../core/render/reply.ts';
import { findCommand } from '../core/slash/index.ts';
import type { Typed } from '../core/slash/slash-command.ts';
import type { News } from '../github/incoming/news.ts';
import { recordCause } from '../ledger/causes.ts';
import { openEpicsOf } from '../ledger/read-models/live-epics.ts';
import { subjectLane } from './engine.ts';
import type { Reading } from './news/reading.ts';
import { react, say } from './say.ts';

type Commented = Extract<News, { kind: 'commented' }>;

/** What is said on one's way through a stage. Other words there may be meant for other bots. */
const onTheWay = new Set(['link', 'claim', 'release', 'submit', 'approve', 'reject', 'why']);

const refusalOf = (typed: Typed): Refusal =>
  typed.name === 'link'
    ? refuse('not-a-stage-issue', 'That is no stage issue of this repository, so nothing was linked.', {
        next: '`/link #12`, with the number of the stage issue: its title begins with the stage, and the checklist lists it',
      })
    : refuse('not-a-stage-issue', 'This pull request belongs to no stage, so nobody heard this.', {
        who: 'anyone with write access links it',
        next: '`/link #<number of the stage issue>`, then the command again; or on the stage issue itself',
      });

/** One reply, in repositories where an epic is open and to people only; false where it is not our business. */
export const answerStray = async (
  { desk, lane, site }: Reading,
  { issue, comment, by, viaApp }: Commented,
  typed: readonly Typed[],
): Promise<boolean> => {
  if (!issue.isPull || typed.every(({ name }) => findCommand(name) === undefined)) return false;
  // Nobody's now, it stays nobody's: linked later, the pull request is not acted on by what was said before.
  desk.also(async (tx) => {
    await recordCause(tx, subjectLane(site.known.id, issue.number), `comment/${comment.id}/stray`);
  });
  const ours = typed.find(({ name }) => onTheWay.has(name));
  if (ours === undefined || !issue.open || by.bot || viaApp) return false;
  if ((await openEpicsOf(desk.hold, { repositoryId: site.known.id })).length === 0) return false;
  const { id: commentId, nodeId } = comment;
  const text = refusalReply(refusalOf(ours), by);
  const saying = { repository: site.ref, number: issue.number, nodeId: issue.nodeId, text };
  desk.promise(
    react(lane, { repository: site.ref, commentId, nodeId, content: 'confused' }),
    say(lane, `stray:${commentId}`, saying),
  );
  return true;
};
