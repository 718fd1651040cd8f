/** One unread delivery → what it means, decided on the desk of its lane. */
import { ZodError } from 'zod';
import type { Held } from '../github/facts/held-now.ts';
import { checkEvent } from '../github/incoming/check-event.ts';
import { readEnvelope } from '../github/incoming/envelope.ts';
import { readerFor } from '../github/incoming/index.ts';
import type { News } from '../github/incoming/news.ts';
import { noteRepairs } from '../ledger/repairs.ts';
import type { Delivery } from '../ledger/unread.ts';
import { WrongShape } from './cause-of-failure.ts';
import type { Desk } from './desk.ts';
import type { Engine } from './engine.ts';
import { learnRepository } from './learn-repository.ts';
import { onCheckAsked } from './news/on-check-asked.ts';
import { onCheckEnded } from './news/on-check-ended.ts';
import { onCommentChanged } from './news/on-comment-changed.ts';
import { onCommented } from './news/on-commented.ts';
import { onGroup } from './news/on-group.ts';
import { onInstallation } from './news/on-installation.ts';
import { onIssueChanged } from './news/on-issue-changed.ts';
import { onIssueGone } from './news/on-issue-gone.ts';
import { onLabelled } from './news/on-labelled.ts';
import { onMemberChanged } from './news/on-member-changed.ts';
import { onPullChanged } from './news/on-pull-changed.ts';
import { onPushed } from './news/on-pushed.ts';
import { onRepositoriesChosen } from './news/on-repositories-chosen.ts';
import { onRepository } from './news/on-repository.ts';
import { onReviewed } from './news/on-reviewed.ts';
import { onUnlabelled } from './news/on-unlabelled.ts';
import type { Fate, Reading } from './news/reading.ts';
import { readPayload } from './read-payload.ts';
import { repairOf } from './reconcile/as-if-delivered.ts';
import type { RepositoryRules } from './repository-rules.ts';
import { rulesNow } from './repository-rules.ts';
import { type Site, siteOf } from './site.ts';

/** Where interpreting happens. `memory` lives as long as the batch: rules are asked once in it. */
export interface Bench {
  readonly engine: Engine;
  readonly desk: Desk;
  readonly lane: string;
  readonly memory: Map<number, Promise<RepositoryRules>>;
  readonly asked: Map<string, Promise<Held>>;
  /** Repositories met in this batch, as deliveries last described them. */
  readonly sites: Map<number, Site>;
}

const react = (reading: Reading, news: News): Promise<Fate> | Fate => {
  switch (news.kind) {
    case 'labelled':
      return onLabelled(reading, news);
    case 'unlabelled':
      return onUnlabelled(reading, news);
    case 'issue-changed':
      return onIssueChanged(reading, news);
    case 'issue-gone':
      return onIssueGone(reading, news);
    case 'commented':
      return onCommented(reading, news);
    case 'comment-changed':
      return onCommentChanged(reading, news);
    case 'pull-changed':
      return onPullChanged(reading, news);
    case 'reviewed':
      return onReviewed(reading, news);
    case 'check-asked':
      return onCheckAsked(reading, news);
    case 'check-ended':
      return onCheckEnded(reading, news);
    case 'group-asked':
    case 'group-destroyed':
      return onGroup(reading, news);
    case 'pushed':
      return onPushed(reading, news);
    case 'repository-changed':
      return onRepository(reading, news);
    case 'member-changed':
    case 'installation-changed':
    case 'repositories-added':
    case 'repositories-removed':
      return 'ignored';
  }
};

const onRepositoryNews = async (
  bench: Bench,
  delivery: Delivery,
  repositoryId: number,
  news: News,
): Promise<Fate> => {
  const { engine, desk, lane, memory, asked } = bench;
  const site = bench.sites.get(repositoryId) ?? (await siteOf(engine, desk.hold, repositoryId));
  if (site === undefined) return 'ignored';
  bench.sites.set(repositoryId, site);
  const rules = (): Promise<RepositoryRules> => {
    const now = memory.get(repositoryId) ?? rulesNow(desk.hold, site);
    memory.set(repositoryId, now);
    return now;
  };
  const fate = await react({ engine, desk, delivery, lane, site, asked, rules }, news);
  const repair = fate === 'done' ? repairOf(delivery) : undefined;
  if (repair !== undefined) desk.also((tx) => noteRepairs(tx, [repair]));
  return fate;
};

/** Only what is wrong with the payload itself is its fault: an answer of GitHub's that cannot be read is asked for again. */
const readNews = (event: string, payload: unknown, action: string): News | undefined => {
  const reader = readerFor(event, action);
  try {
    if (reader !== undefined) checkEvent(event, payload);
    return reader?.read(payload, action);
  } catch (failure) {
    throw failure instanceof ZodError ? new WrongShape(failure.message, { cause: failure }) : failure;
  }
};

/**
 * What a delivery means. `ignored`: nothing to us. Throws WrongShape for a payload of another shape than its event's
 * (threats T04), and whatever GitHub or the ledger fail with.
 */
export const interpret = async (bench: Bench, delivery: Delivery): Promise<Fate> => {
  const payload = readPayload(delivery.body);
  const frame = readEnvelope(payload);
  const news = readNews(delivery.event, payload, frame.action);
  if (news === undefined) return 'ignored';
  if (news.kind === 'installation-changed') return onInstallation(bench, frame.installationId, news);
  if (news.kind === 'repositories-added' || news.kind === 'repositories-removed')
    return onRepositoriesChosen(bench, frame.installationId, news);
  if (news.kind === 'member-changed') return onMemberChanged(bench, news);
  if (frame.repository === undefined || !(await learnRepository(bench, frame))) return 'ignored';
  return onRepositoryNews(bench, delivery, frame.repository.id, news);
};
