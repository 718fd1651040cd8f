/** A label was taken off: a workflow's label cancels nothing, and one of ours is put back. */
import { labelRemovedReply } from '../../core/render/reply.ts';
import type { News } from '../../github/incoming/news.ts';
import { workflowLabel } from '../../github/workflow-label.ts';
import { epicLane } from '../engine.ts';
import { repairIssue } from '../repair-issue.ts';
import { say } from '../say.ts';
import type { Fate, Reading } from './reading.ts';

type Unlabelled = Extract<News, { kind: 'unlabelled' }>;

/** One reply that names /cancel, where the label was the running workflow's (contract §2). */
export const onUnlabelled = async (reading: Reading, news: Unlabelled): Promise<Fate> => {
  const epicId = String(news.issue.id);
  const name = workflowLabel(news.label);
  if (name === undefined) return repairIssue(reading, news.issue, news.by);
  const epic = await reading.desk.epic(epicId);
  if (epic.status !== 'running' && epic.status !== 'paused') return 'ignored';
  if (epic.definition.name !== name) return 'ignored';
  const { number, nodeId } = news.issue;
  const saying = { repository: reading.site.ref, number, nodeId, text: labelRemovedReply(name) };
  // By when it happened, so that the same body under another id says nothing again (threats T03).
  const when = news.issue.updatedAt || reading.delivery.guid;
  reading.desk.promise(say(epicLane(epicId), `unlabelled:${when}`, saying));
  return 'done';
};
