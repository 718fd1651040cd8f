/** Somebody changed an issue we paint: where it no longer shows what is true, it is painted again (design, one idea). */

import { type EpicObject, roundIn, stageOf } from '../core/epic/object.ts';
import { objectNumbered } from '../core/epic/object-numbered.ts';
import { roundOf } from '../core/epic/round-of.ts';
import { findStage, isSettled } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { hasLabel } from '../core/render/has-label.ts';
import type { IssuePicture } from '../core/render/issue-picture.ts';
import { closedAgainReply, reopenedReply } from '../core/render/reply.ts';
import type { Actor, IssueSeen } from '../github/incoming/news.ts';
import { readIssue } from '../github/outgoing/read-issue.ts';
import { paint, readPainted, unpaint } from '../ledger/painted.ts';
import { type KnownSubject, subjectOf } from '../ledger/subjects.ts';
import { memoryOf } from './effects/memory.ts';
import { digestOf, picturesOf } from './effects/pictures.ts';
import { takesTicks, ticksIn, withoutTicks, withTicks } from './effects/ticks.ts';
import { epicLane } from './engine.ts';
import { isFought } from './is-fought.ts';
import type { Fate, Reading } from './news/reading.ts';
import { claimantsOf, differencesOf } from './reconcile/differences.ts';
import { isPainted, openLevel } from './reconcile/level.ts';
import { noteFound } from './reconcile/note-found.ts';
import type { Found } from './reconcile/sight.ts';
import { say } from './say.ts';
import { paintWish } from './wish-paint.ts';

const isOver = (epic: OpenedEpic, object: EpicObject): boolean => {
  if (epic.status === 'done' || epic.status === 'cancelled') return true;
  const stage = findStage(epic, stageOf(object) ?? '');
  return stage !== undefined && (isSettled(stage) || roundIn(object) !== roundOf(stage));
};

/** Boxes on a stage are its people's; those on the checklist are ours. */
const sameBody = (subject: KnownSubject, picture: IssuePicture, issue: IssueSeen): boolean =>
  subject.kind === 'stage' && picture.state === 'open'
    ? withoutTicks(picture.body) === withoutTicks(issue.body)
    : picture.body === issue.body.replaceAll('\r\n', '\n');

/** Whether the issue already is as it should be; only then does an edit of ours or a stale webhook cost nothing. */
const isTrue = (picture: IssuePicture | undefined, subject: KnownSubject, issue: IssueSeen): boolean => {
  if (picture === undefined) return true;
  return (
    picture.title === issue.title &&
    sameBody(subject, picture, issue) &&
    [...picture.assignees].sort().join() === [...issue.assignees].sort().join() &&
    (picture.state === 'open') === issue.open &&
    picture.labels.every((label) => hasLabel(issue.labels, label)) &&
    issue.labels.every((label) => hasLabel(picture.labels, label) || !/^(stage|role|gatehouse):/i.test(label))
  );
};

/** Only what changes the issue's state back is explained. */
const whyUndone = (
  epic: OpenedEpic,
  object: EpicObject,
  how: 'closed' | 'reopened',
  by: Actor,
): string | undefined => {
  const over = isOver(epic, object);
  if (how === 'closed') return over ? undefined : reopenedReply(by, object);
  return over ? closedAgainReply(by, epic.status) : undefined;
};

/** Keeps the ticks for the next time the body is painted; ticking alone costs no request and decides nothing. */
const rememberTicks = (
  reading: Reading,
  { subject, object }: { readonly subject: KnownSubject; readonly object: EpicObject },
  picture: IssuePicture,
  issue: IssueSeen,
): void => {
  if (!takesTicks(picture)) return;
  const ticks = [...ticksIn(issue.body)];
  const digest = digestOf({ ...picture, body: withTicks(picture.body, ticks) });
  const lane = epicLane(subject.epicId);
  reading.desk.also(async (tx) => {
    const memory = memoryOf((await readPainted(tx, lane)).get(object)?.remote);
    await paint(tx, lane, [{ object, digest, remote: { ...memory, ticks, written: ticks } }]);
  });
};

/** The delivery may be old or late, and others may have put it right: how the issue is, GitHub says now (threats T03, F20). */
const differencesNow = async (
  { site, desk }: Reading,
  { epicId, number }: KnownSubject,
  object: EpicObject,
  picture: IssuePicture | undefined,
): Promise<readonly Found[]> => {
  const epic = await desk.epic(epicId);
  const now = await readIssue(site.client, site.ref, number);
  if (picture === undefined || now.kind !== 'issue' || epic.status === 'unopened') return [];
  return differencesOf(picture, claimantsOf(epic, object), now).map((one) => ({ object, ...one }));
};

/** What was not shown yet was not taken away by anybody. */
const wasPainted = async (
  reading: Reading,
  { epicId }: KnownSubject,
  object: EpicObject,
): Promise<boolean> => {
  const one = await openLevel(reading, epicId, false);
  return one !== undefined && isPainted(one, object);
};

/** Repaints a checklist or stage issue that was changed by hand; says why where it was closed too early (contract §3). */
export const repairIssue = async (
  reading: Reading,
  issue: IssueSeen,
  by: Actor,
  how?: 'closed' | 'reopened',
): Promise<Fate> => {
  const { desk, site, engine } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, issue.number);
  if (subject === undefined || subject.kind === 'pull' || subject.kind === 'epic') return 'ignored';
  // Only saves work: where GitHub does not say who we are, comparing with the picture decides the same.
  const ours = by.bot ? await engine.github.botLogin().catch(() => undefined) : undefined;
  if (by.login === ours) return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened') return 'ignored';
  // An issue of an earlier batch, or one already replaced, is nobody's any more.
  const object = objectNumbered(epic, issue.number);
  if (object === undefined) return 'ignored';
  const picture = picturesOf(epic, engine.sign).get(object);
  const lane = epicLane(subject.epicId);
  if (isTrue(picture, subject, issue)) {
    if (picture !== undefined && subject.kind === 'stage')
      rememberTicks(reading, { subject, object }, picture, issue);
    return 'ignored';
  }
  const found = await differencesNow(reading, subject, object, picture);
  if (found.length === 0 || (await isFought(reading, { ...subject, object, by }))) return 'ignored';
  if (await wasPainted(reading, subject, object))
    noteFound(desk, { repositoryId: site.known.id, epicId: subject.epicId }, found);
  desk.also((tx) => unpaint(tx, lane, object));
  desk.promise(paintWish(subject.epicId));
  const text = how === undefined ? undefined : whyUndone(epic, object, how, by);
  if (text !== undefined) {
    const saying = { repository: site.ref, number: issue.number, nodeId: issue.nodeId, text };
    // By when it happened, so that the same body under another id says nothing again (threats T03), nor a look at GitHub.
    const name = how === 'closed' ? 'reopened' : 'closed-again';
    const when = issue.closedAt ?? (issue.updatedAt || reading.delivery.guid);
    desk.promise(say(lane, `${name}:${issue.number}:${when}`, saying));
  }
  return 'done';
};
