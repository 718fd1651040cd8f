/** A pull request opened, was pushed to, edited, retargeted, closed or reopened: to which stage it belongs, and its check (contract §5). */
import type { EpicId } from '../../core/epic/subject.ts';
import { type Reference, readReferences } from '../../core/slash/read-references.ts';
import { permissionOf } from '../../github/facts/permission.ts';
import { pullNow } from '../../github/facts/pull-request-now.ts';
import type { News } from '../../github/incoming/news.ts';
import { placeSubjects } from '../../ledger/place-subject.ts';
import {
  type KnownPullRequest,
  openPullRequests,
  readPullRequest,
  savePullRequest,
} from '../../ledger/pull-requests.ts';
import { type KnownSubject, subjectOf } from '../../ledger/subjects.ts';
import { factsWithin } from '../ask.ts';
import { askPull } from '../ask-pull.ts';
import { epicLane } from '../engine.ts';
import { type Asking, handleAsked } from '../handle-asked.ts';
import { linkPull } from '../link-pull.ts';
import { pullRow } from '../pull-row.ts';
import { wishChecks } from '../wish-checks.ts';
import { askerFor, type Fate, momentOf, type Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'pull-changed' }>;

interface Named {
  readonly via: Reference['via'];
  readonly epicId: EpicId;
  readonly stage: string;
  readonly number: number;
}

/** The first stage issue that body or branch name. */
const stageNamed = async (reading: Reading, news: Changed): Promise<Named | undefined> => {
  for (const { via, number } of readReferences(news.pull.body, news.pull.branch).slice(0, 20)) {
    const subject = await subjectOf(reading.desk.hold, reading.site.known.id, number);
    if (subject?.kind === 'stage' && subject.stage !== null) {
      return { via, epicId: subject.epicId as EpicId, stage: subject.stage, number };
    }
  }
  return undefined;
};

const asking = (reading: Reading, epicId: string): Asking => ({
  desk: reading.desk,
  epicId,
  asker: async () => askerFor(reading, await reading.rules()),
});

const cause = (reading: Reading): string => `delivery/${reading.delivery.guid}`;

/** Who shared the head that this pull request no longer has is judged without it (threats T16). */
const freeOldHead = async ({ desk, site }: Reading, { pull }: Changed): Promise<void> => {
  const known = await readPullRequest(desk.hold, site.known.id, pull.number);
  if (known === undefined || (known.headSha === pull.head && pull.state === 'open')) return;
  const others = await openPullRequests(desk.hold, site.known.id, known.headSha);
  wishChecks(
    desk,
    others.filter((one) => one.number !== pull.number),
  );
};

/** A pull request that belongs to nothing: saved, and its check made. */
const unlinked = async (reading: Reading, news: Changed): Promise<Fate> => {
  const { desk, site, delivery } = reading;
  await freeOldHead(reading, news);
  desk.also(async (tx) => {
    await savePullRequest(tx, pullRow(site.known.id, news.pull, delivery.seq));
  });
  if (news.pull.state === 'open')
    wishChecks(desk, [{ repositoryId: site.known.id, number: news.pull.number, epicId: null }]);
  return 'done';
};

/** Puts the delivery into the lane of the epic it belongs to, where it is read again in order. */
const moveTo = (reading: Reading, news: Changed, to: Named): Fate => {
  const { desk, site } = reading;
  const subject = {
    repositoryId: site.known.id,
    number: news.pull.number,
    kind: 'pull' as const,
    epicId: to.epicId,
    stage: to.stage,
  };
  desk.also((tx) => placeSubjects(tx, [subject]), epicLane(to.epicId));
  return 'moved';
};

/** Says what the pull request is now, to an epic that knows it. */
const note = async (reading: Reading, news: Changed, epicId: string): Promise<void> => {
  const { desk, site, delivery } = reading;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return;
  const known = epic.pulls.find((pull) => pull.number === news.pull.number);
  if (known === undefined) return;
  const now = await askPull(site, epic, known);
  // Whoever pushed had a hand in it, whatever the commits say (threats T18).
  const pushed = news.action === 'synchronize' ? [news.by.id] : [];
  const pull = { ...now, contributors: [...new Set([...now.contributors, ...pushed])] };
  const facts = factsWithin(epic, news.by, momentOf(delivery), cause(reading));
  await handleAsked(asking(reading, epicId), {
    ...facts,
    type: 'NotePull',
    pull,
    closing: news.action === 'closed',
  });
  desk.also(async (tx) => {
    await savePullRequest(
      tx,
      pullRow(site.known.id, { ...news.pull, ...pull, author: news.pull.author }, delivery.seq),
    );
  });
};

const tie = async (reading: Reading, news: Changed, named: Named): Promise<void> => {
  const { desk, site } = reading;
  const epic = await desk.epic(named.epicId);
  if (epic.status === 'unopened') return;
  const known = epic.pulls.find((pull) => pull.number === news.pull.number);
  if (
    known !== undefined &&
    (known.via === 'command' || (known.link === 'linked' && known.stage === named.stage))
  )
    return;
  // What was merged for an earlier batch has nothing to do with this one.
  const ofFormer = epic.former?.issues.includes(named.number) === true;
  if (known === undefined && ofFormer && news.pull.state !== 'open') return;
  const rules = await reading.rules();
  const { write } = await permissionOf(site.client, site.ref, news.pull.author);
  const by = { id: news.pull.author.id, login: news.pull.author.login };
  const how = { via: named.via, by, canWrite: write, cause: cause(reading), rules };
  await linkPull(reading, { epicId: named.epicId, stage: named.stage, number: news.pull.number }, how);
};

/** Leaves the epic whose stage is no longer named; a link said with /link stays. Answers whether it stayed. */
const leave = async (reading: Reading, news: Changed, epicId: string): Promise<boolean> => {
  const epic = await reading.desk.epic(epicId);
  if (epic.status === 'unopened') return false;
  const known = epic.pulls.find((pull) => pull.number === news.pull.number);
  if (known?.via === 'command') return true;
  const facts = factsWithin(epic, news.by, momentOf(reading.delivery), cause(reading));
  await handleAsked(asking(reading, epicId), { ...facts, type: 'Unlink', number: news.pull.number });
  return false;
};

const belonging = async (reading: Reading, news: Changed): Promise<KnownSubject | undefined> => {
  const subject = await subjectOf(reading.desk.hold, reading.site.known.id, news.pull.number);
  return subject?.kind === 'pull' ? subject : undefined;
};

/** True where a delivery says what is known already, or what comes right after it. */
const follows = (known: KnownPullRequest | undefined, { pull, action, before }: Changed): boolean => {
  if (known === undefined) return action === 'opened';
  const head = known.headSha === pull.head || (action === 'synchronize' && known.headSha === before);
  const same = known.state === pull.state && known.baseRef === pull.base && known.draft === pull.draft;
  return head && same;
};

/** Where a delivery contradicts what is known it may be news, or old: then GitHub says how it is (threats T03, F20). */
const asItIs = async (reading: Reading, told: Changed, current?: KnownSubject): Promise<Changed> => {
  const { desk, site } = reading;
  const { number } = told.pull;
  const known = await readPullRequest(desk.hold, site.known.id, number);
  const stays = known === undefined || (await stageNamed(reading, told))?.epicId === current?.epicId;
  if (stays && follows(known, told)) return told;
  const now = await pullNow(site.client, site.ref, number);
  return now === null ? told : { ...told, pull: now };
};

/** Follows a pull request through its life. The payload is a hint; what decides is asked of GitHub (threats F17). */
export const onPullChanged = async (reading: Reading, told: Changed): Promise<Fate> => {
  const current = await belonging(reading, told);
  const news = await asItIs(reading, told, current);
  const named = await stageNamed(reading, news);
  if (
    current !== undefined &&
    current.epicId !== named?.epicId &&
    (await leave(reading, news, current.epicId))
  ) {
    await note(reading, news, current.epicId);
    return 'done';
  }
  if (named === undefined) return unlinked(reading, news);
  if (reading.lane !== epicLane(named.epicId)) return moveTo(reading, news, named);
  await tie(reading, news, named);
  await note(reading, news, named.epicId);
  return 'done';
};
