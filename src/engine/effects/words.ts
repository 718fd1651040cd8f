/** Things said once: replies and reactions. */
import { z } from 'zod';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import { writeMarker } from '../../core/render/marker.ts';
import { findComments } from '../../github/outgoing/find-comments.ts';
import type { Write } from '../../github/outgoing/write.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { type Job, nothingToDo, type Planning } from './job.ts';
import { lookTwice } from './look-twice.ts';

const saying = z.object({ number: z.number(), nodeId: z.string(), text: z.string() });
const reacting = z.object({ commentId: z.number(), nodeId: z.string(), content: z.enum(['+1', 'confused']) });

const markerOf = (planning: Planning, promise: DuePromise): string => {
  const epic = promise.lane.startsWith('epic:') ? promise.lane.slice('epic:'.length) : '';
  const object = promise.key.replaceAll(/[^A-Za-z0-9:_/.-]/g, '_');
  return writeMarker({ repository: planning.site.known.id, epic, round: 0, object }, planning.engine.sign);
};

const atSite = (planning: Planning): RepositoryRef => planning.site.ref;

/** A comment; where an earlier attempt's outcome is unknown, the thread is read first (threats F07). */
export const planSaying = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { number, nodeId, text } = saying.parse(promise.payload);
  const marker = markerOf(planning, promise);
  if (promise.started !== null) {
    const since = new Date(planning.engine.now().getTime() - 24 * 3_600_000);
    const there = await findComments(planning.site.client, atSite(planning), number, since.toISOString());
    if (there.some((comment) => comment.byUs && comment.body.includes(marker))) return nothingToDo(promise);
    lookTwice(promise);
  }
  const write: Write = {
    kind: 'add-comment',
    key: promise.key,
    repository: atSite(planning),
    number,
    ...(nodeId === '' ? {} : { subjectNodeId: nodeId }),
    body: `${text}\n\n${marker}`,
  };
  return { promise, writes: [write], creates: true, settle: () => {} };
};

/** A reaction: GitHub keeps one of a kind per person, so repeating it changes nothing. */
export const planReaction = (planning: Planning, promise: DuePromise): Job => {
  const { commentId, nodeId, content } = reacting.parse(promise.payload);
  const write: Write = {
    kind: 'add-reaction',
    key: promise.key,
    repository: atSite(planning),
    commentId,
    ...(nodeId === '' ? {} : { commentNodeId: nodeId }),
    content,
    of: 'issue-comment',
  };
  return { promise, writes: [write], creates: false, settle: () => {} };
};
