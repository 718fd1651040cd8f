/** A linked pull request as it is now, with what only needs asking when its head moved. */
import type { PullFacts } from '../core/epic/commands.ts';
import { findStage } from '../core/epic/stage.ts';
import type { OpenedEpic, Pull } from '../core/epic/state.ts';
import { contributorsOf } from '../github/facts/contributors.ts';
import { movedHead } from '../github/facts/moved-head.ts';
import { factsOf, pullNow } from '../github/facts/pull-request-now.ts';
import type { Site } from './site.ts';

/** Whether anybody has let it pass, by whatever way: only then does it matter what a push has changed. */
const isApproved = (epic: OpenedEpic, known: Pull): boolean => {
  const { approvals = [], override, timedOut, skip } = findStage(epic, known.stage) ?? {};
  return (
    [override, timedOut, skip].some((one) => one !== undefined) ||
    known.reviews.some((one) => one.verdict === 'approved' && !one.voided) ||
    approvals.some((one) => one.commits[known.number] !== undefined)
  );
};

/** Commits are listed again only when its head moved or its base changed; what moved only where somebody has approved it. */
export const askPull = async (site: Site, epic: OpenedEpic, known: Pull): Promise<PullFacts> => {
  const { client, ref } = site;
  const now = await pullNow(client, ref, known.number);
  if (now === null) {
    const { number, head, base, fork, author, contributors } = known;
    const state = known.state === 'open' ? 'closed' : known.state;
    return { number, head, base, fork, author, contributors, state };
  }
  const same = now.head === known.head && now.base === known.base;
  const listed = same && known.contributors.length > 0;
  const contributors = listed ? known.contributors : await contributorsOf(client, ref, now);
  const facts = factsOf(now, contributors);
  if (now.head === known.head || now.base !== known.base || !isApproved(epic, known)) return facts;
  const move = { from: known.head, to: now.head };
  return { ...facts, moved: await movedHead(client, ref, now.base, move) };
};
