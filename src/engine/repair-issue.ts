/** Somebody changed an issue we paint: where it no longer shows what is true, it is painted again (design, one idea). */

import { findStage, isSettled } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { reopenedReply } from '../core/render/reply.ts';
import type { Actor, IssueSeen } from '../github/incoming/news.ts';
import { unpaint } from '../ledger/painted.ts';
import { type KnownSubject, subjectOf } from '../ledger/subjects.ts';
import { picturesOf } from './effects/pictures.ts';
import { epicLane } from './engine.ts';
import type { Fate, Reading } from './news/reading.ts';
import { say } from './say.ts';

const objectOf = (subject: KnownSubject): string =>
  subject.kind === 'stage' ? `stage:${subject.stage}` : subject.kind;

const isOver = (epic: OpenedEpic, subject: KnownSubject): boolean => {
  if (epic.status === 'done' || epic.status === 'cancelled') return true;
  const stage = subject.stage === null ? undefined : findStage(epic, subject.stage);
  return stage !== undefined && isSettled(stage);
};

/** Whether the issue already is as it should be; only then does an edit of ours or a stale webhook cost nothing. */
const isTrue = (reading: Reading, epic: OpenedEpic, subject: KnownSubject, issue: IssueSeen): boolean => {
  const picture = picturesOf(epic, reading.engine.sign).get(objectOf(subject));
  if (picture === undefined) return true;
  return (
    picture.title === issue.title &&
    picture.body === issue.body.replaceAll('\r\n', '\n') &&
    (picture.state === 'open') === issue.open &&
    picture.labels.every((label) => issue.labels.includes(label)) &&
    issue.labels.every((label) => picture.labels.includes(label) || !/^(stage|role|gatehouse):/.test(label))
  );
};

/** Repaints a checklist or stage issue that was changed by hand; says why where it was closed too early (contract §3). */
export const repairIssue = async (
  reading: Reading,
  issue: IssueSeen,
  by: Actor,
  how?: 'closed',
): Promise<Fate> => {
  const { desk, site, engine } = reading;
  const subject = await subjectOf(desk.hold, site.known.id, issue.number);
  if (subject === undefined || subject.kind === 'pull' || subject.kind === 'epic') return 'ignored';
  if (by.bot && by.login === (await engine.github.botLogin())) return 'ignored';
  const epic = await desk.epic(subject.epicId);
  if (epic.status === 'unopened' || isTrue(reading, epic, subject, issue)) return 'ignored';
  const lane = epicLane(subject.epicId);
  desk.also((tx) => unpaint(tx, lane, objectOf(subject)));
  desk.promise({ once: false, lane, key: 'paint', kind: 'paint', epicId: subject.epicId, priority: 5 });
  if (how === 'closed' && !isOver(epic, subject)) {
    const saying = {
      repository: site.ref,
      number: issue.number,
      nodeId: issue.nodeId,
      text: reopenedReply(by),
    };
    desk.promise(say(lane, `reopened:${reading.delivery.guid}`, saying));
  }
  return 'done';
};
