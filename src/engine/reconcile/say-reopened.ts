/** An issue closed by hand whose webhook never came is opened again: whoever closed it is told why, as if it had come. */
import type { EpicObject } from '../../core/epic/object.ts';
import { gatehouse } from '../../core/epic/person.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import { reopenedReply } from '../../core/render/reply.ts';
import { type IssueShown, readIssue } from '../../github/outgoing/read-issue.ts';
import { say } from '../say.ts';
import type { Level } from './level.ts';

/** Lists do not always say who closed an issue; the issue itself does. */
const closedNow = async (
  { site }: Level,
  issue: IssueRef,
  shown: IssueShown,
): Promise<IssueShown['closed']> => {
  if (shown.closed === null || shown.closed.by !== null) return shown.closed;
  const now = await readIssue(site.client, site.ref, issue.number);
  return now.kind === 'issue' ? now.closed : null;
};

/** Says it once for each closing, under the name its webhook would have used; nothing where we closed it ourselves. */
export const sayReopened = async (
  one: Level,
  { object, issue }: { readonly object: EpicObject; readonly issue: IssueRef },
  shown: IssueShown,
): Promise<void> => {
  const { desk, engine, site } = one;
  const closed = await closedNow(one, issue, shown);
  if (closed === null) return;
  const ours = await engine.github.botLogin().catch(() => gatehouse.login);
  if (closed.by?.login === ours) return;
  const { number, nodeId } = issue;
  const text = reopenedReply(closed.by, object);
  const saying = { repository: site.ref, number, nodeId, text };
  desk.promise(say(desk.hold.lane, `reopened:${number}:${closed.at}`, saying));
};
