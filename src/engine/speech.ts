/** Where a comment with commands stands, and which epic it speaks about. */
import type { Place } from '../core/epic/commands.ts';
import { readObject, stageOf } from '../core/epic/object.ts';
import type { EpicId } from '../core/epic/subject.ts';
import type { Typed } from '../core/slash/slash-command.ts';
import type { Actor, IssueSeen, News } from '../github/incoming/news.ts';
import { isOurs } from '../github/outgoing/ours.ts';
import { placeSubjects } from '../ledger/place-subject.ts';
import { type KnownSubject, subjectOf } from '../ledger/subjects.ts';
import { epicLane } from './engine.ts';
import type { Reading } from './news/reading.ts';

type Commented = Extract<News, { kind: 'commented' }>;

/** A comment that may be answered. */
export interface Speech {
  readonly epicId: EpicId;
  readonly on: Place;
  readonly issue: IssueSeen;
  readonly comment: Omit<Commented['comment'], 'body'>;
  readonly by: Actor;
  readonly viaApp: boolean;
}

const placeOf = (subject: KnownSubject): Place => {
  if (subject.kind === 'stage') return { kind: 'stage', stage: subject.stage ?? '' };
  if (subject.kind === 'pull') return { kind: 'pull', number: subject.number };
  return { kind: subject.kind };
};

/**
 * An issue of ours whose number the ledger has not written down yet names its epic in its signed marker. Whoever copies
 * the marker is not our App, and gets nobody to speak to a stage they do not see (threats T46).
 */
const byMarker = async (
  { engine, site }: Reading,
  { author, appId, body, number }: IssueSeen,
): Promise<KnownSubject | undefined> => {
  const marker = author.bot ? engine.readMarker(body) : undefined;
  if (marker === undefined || marker.repository !== site.known.id) return undefined;
  const made = { user: author, performed_via_github_app: appId === undefined ? null : { id: appId } };
  if (!(await isOurs(site.client, made))) return undefined;
  const object = readObject(marker.object);
  if (object === undefined) return undefined;
  const stage = stageOf(object) ?? null;
  const kind = stage === null ? 'checklist' : 'stage';
  return { repositoryId: marker.repository, number, kind, epicId: marker.epic, stage };
};

/** The stage issue that `/link #N` on an unlinked pull request names: the comment is then read in that epic's lane. */
const byLink = async (
  reading: Reading,
  issue: IssueSeen,
  typed: readonly Typed[],
): Promise<KnownSubject | undefined> => {
  const word = issue.isPull ? typed.find((one) => one.name === 'link')?.argument : undefined;
  const number = Number(/(\d+)/.exec(word?.replace(/^https?:\/\/\S*\/issues\//, '') ?? '')?.[1]);
  if (!Number.isSafeInteger(number)) return undefined;
  const stage = await subjectOf(reading.desk.hold, reading.site.known.id, number);
  if (stage?.kind !== 'stage') return undefined;
  return {
    repositoryId: stage.repositoryId,
    number: issue.number,
    kind: 'pull',
    epicId: stage.epicId,
    stage: stage.stage,
  };
};

/**
 * Finds whom a comment speaks to. `moved`: it belongs to an epic whose lane is another one; it is put there and read again.
 * Undefined for comments on things that are none of ours: other bots' commands are not our business.
 */
export const findSpeech = async (
  reading: Reading,
  news: Commented,
  typed: readonly Typed[],
): Promise<Speech | 'moved' | undefined> => {
  const { desk, site, lane } = reading;
  const { issue, comment, by, viaApp } = news;
  const known = await subjectOf(desk.hold, site.known.id, issue.number);
  const subject = known ?? (await byMarker(reading, issue)) ?? (await byLink(reading, issue, typed));
  if (subject === undefined) return undefined;
  if (lane !== epicLane(subject.epicId)) {
    desk.also((tx) => placeSubjects(tx, [subject]), epicLane(subject.epicId));
    return 'moved';
  }
  return { epicId: subject.epicId as EpicId, on: placeOf(subject), issue, comment, by, viaApp };
};
