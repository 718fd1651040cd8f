/** An epic's issues compared with GitHub: the checklist by one conditional request, all stages by another. */
import { type EpicObject, issueOf, stageObject } from '../../core/epic/object.ts';
import { gatehouse, type Person } from '../../core/epic/person.ts';
import { pastRounds, roundOf } from '../../core/epic/round-of.ts';
import type { Stage } from '../../core/epic/state.ts';
import type { IssueRef } from '../../core/epic/subject.ts';
import type { IssuePicture } from '../../core/render/issue-picture.ts';
import { assignable } from '../../github/facts/assignable.ts';
import { issuesUnder, type Under } from '../../github/facts/issues-under.ts';
import { type IssueShown, readIssue } from '../../github/outgoing/read-issue.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { forgetPainted, unpaint } from '../../ledger/painted.ts';
import { factsWithin } from '../ask.ts';
import { digestOf } from '../effects/pictures.ts';
import { claimantsOf, type Difference, differencesOf } from './differences.ts';
import { howLost } from './how-lost.ts';
import { isPainted, type Level } from './level.ts';
import { levelBlockers } from './level-blockers.ts';
import { sayReopened } from './say-reopened.ts';
import { type Sight, sightOf, together } from './sight.ts';

interface Wanted {
  readonly object: EpicObject;
  readonly picture: IssuePicture;
  readonly issue: IssueRef;
}

/** An issue of ours with the issue it should stand under. */
interface Place extends Wanted {
  readonly parent: IssueRef;
}

/** GitHub drops who may not be assigned: that is no difference, or it would be repaired for ever. */
const possible = async (
  { site }: Level,
  missing: readonly Person[],
  differences: readonly Difference[],
): Promise<readonly Difference[]> => {
  const kept: Difference[] = [];
  for (const difference of differences) {
    const person = missing.find(({ login }) => difference.what === `${login} assigned`);
    if (person === undefined || (await assignable(site.client, site.ref, person.login)))
      kept.push(difference);
  }
  return kept;
};

const compare = async (one: Level, { object, picture, issue }: Wanted, shown: IssueShown): Promise<Sight> => {
  const { desk } = one;
  if (!isPainted(one, object)) return sightOf({ pending: true });
  const claimants = claimantsOf(one.epic, object);
  const differences = await possible(one, claimants, differencesOf(picture, claimants, shown));
  if (differences.length > 0) desk.also((tx) => unpaint(tx, desk.hold.lane, object));
  if (picture.state === 'open' && shown.state === 'closed') await sayReopened(one, { object, issue }, shown);
  const found = differences.map((difference) => ({ object, ...difference }));
  const locked = shown.locked && picture.state === 'open' ? [{ object, issue: shown.issue }] : [];
  return sightOf({ found, locked });
};

const lost = async (one: Level, { object, issue }: Wanted): Promise<Sight> => {
  const { desk, epic, engine, epicId } = one;
  const how = await howLost(one, issue.number);
  if (how === undefined) return sightOf({ pending: true });
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), `reconcile/${object}`);
  await desk.handle(epicId, { ...facts, type: 'RecordIssueLost', object });
  return sightOf({ found: [{ object, what: 'made again', why: `its issue was ${how}` }] });
};

/** An issue that is not where it should be is looked for by its number. */
const search = async (one: Level, place: Place, under: Under): Promise<Sight> => {
  const { desk, site } = one;
  const { object, issue, parent } = place;
  const now = await readIssue(site.client, site.ref, issue.number);
  if (now.kind !== 'issue') return lost(one, place);
  const link = `sub:${parent.id}:${issue.id}`;
  const same = await compare(one, place, now);
  if (under.kind !== 'shown' || !one.painted.has(link)) return same;
  desk.also((tx) => forgetPainted(tx, desk.hold.lane, link));
  const why = 'it was no sub-issue of it any more';
  const found = [{ object, what: `put under #${parent.number} again`, why }];
  return together([same, sightOf({ found })]);
};

/** The issues that should stand under one issue. What agreed the last time is asked for with its etag. */
const levelUnder = async (one: Level, parent: IssueRef, wanted: readonly Wanted[]): Promise<Sight> => {
  const { desk, site, full } = one;
  const { lane } = desk.hold;
  const url = `under/${parent.id}`;
  const against = digestOf(wanted.map(({ picture, issue }) => [picture, issue.id]));
  const etag = full ? null : await readEtag(desk.hold, { lane, url, against });
  const under = await issuesUnder(site.client, site.ref, parent.number, etag);
  if (under.kind === 'unchanged') return sightOf();
  const sights: Sight[] = [];
  if (under.kind === 'gone' && parent.id === one.epic.subject.issue.id) {
    const own = await levelEpic(one);
    if (own.found.length > 0) return own;
  }
  const listed = under.kind === 'shown' ? under.issues : [];
  const shownOf = ({ issue }: Wanted) => listed.find((shown) => shown.issue.id === issue.id);
  for (const each of wanted) {
    const shown = shownOf(each);
    if (shown === undefined) sights.push(await search(one, { ...each, parent }, under));
    else sights.push(await compare(one, each, shown));
  }
  for (const each of wanted) {
    const shown = shownOf(each);
    if (shown !== undefined) sights.push(await levelBlockers(one, each.object, shown));
  }
  const all = together(sights);
  const fresh = under.kind === 'shown' ? under.etag : null;
  if (all.found.length === 0 && all.locked.length === 0 && !all.pending && fresh !== null)
    desk.also((tx) => saveEtag(tx, { lane, url, etag: fresh, against }));
  return all;
};

/** Every issue of ours that was made, with how it should look. */
const wantedOf = ({ epic, pictures }: Level, objects: readonly EpicObject[]): readonly Wanted[] =>
  objects.flatMap((object) => {
    const issue = issueOf(epic, object);
    const picture = pictures.get(object);
    return issue === undefined || picture === undefined ? [] : [{ object, picture, issue }];
  });

/** Without its own issue there is no epic (contract §3). Asked only where the issues under it could not be read. */
const levelEpic = async (one: Level): Promise<Sight> => {
  const { desk, epic, engine, epicId } = one;
  const { number } = epic.subject.issue;
  const how = await howLost(one, number);
  if (how === undefined) return sightOf();
  const facts = factsWithin(epic, gatehouse, engine.now().toISOString(), 'reconcile/epic');
  const reason = `the epic's issue was ${how}`;
  await desk.handle(epicId, { ...facts, type: 'Cancel', gone: true, reason });
  return sightOf({ found: [{ object: 'epic', what: 'epic cancelled', why: `its issue was ${how}` }] });
};

/** A stage's issues: that of its present round, and those of the rounds that are over. */
const objectsOf = (stage: Stage): readonly EpicObject[] =>
  [{ round: roundOf(stage) }, ...pastRounds(stage)].map(({ round }) =>
    stageObject(stage.definition.key, round),
  );

/** Compares checklist and stages; what differs is painted again, what is gone is made again. */
export const levelIssues = async (one: Level): Promise<Sight> => {
  const { epic } = one;
  const stages = epic.stages.flatMap(objectsOf);
  const checklist = await levelUnder(one, epic.subject.issue, wantedOf(one, ['checklist']));
  if (epic.checklist === undefined) return checklist;
  return together([checklist, await levelUnder(one, epic.checklist, wantedOf(one, stages))]);
};
