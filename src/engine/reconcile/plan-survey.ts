/** A repository looked over for what GitHub never delivered: labels, pull requests, comments, titles, rules (threats F18). */
import { labelledIssues } from '../../github/facts/labelled-issues.ts';
import { repositoryActivity, type Touched } from '../../github/facts/repository-activity.ts';
import { GitHubFailure } from '../../github/failure.ts';
import type { DuePromise } from '../../ledger/due.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { leaveNote, readNote } from '../../ledger/rounds.ts';
import { type Job, nothingToDo, type Planning } from '../effects/job.ts';
import { letRest, mayBeOutOfReach } from '../let-rest.ts';
import { findComments } from './find-comments.ts';
import { findLabels } from './find-labels.ts';
import { findPulls } from './find-pulls.ts';
import { findTitles } from './find-titles.ts';
import { moment, type Survey } from './survey.ts';
import { surveyChecks } from './survey-checks.ts';
import { surveyRules } from './survey-rules.ts';

const defaultGrace = 30_000;
const noteOf = (repositoryId: number): string => `survey/${repositoryId}`;

const newest = (touched: readonly Touched[], until: string): string | undefined =>
  touched
    .map(({ issue }) => issue.updatedAt)
    .filter((at) => at <= until)
    .toSorted()
    .at(-1);

const findAll = async (survey: Survey, touched: readonly Touched[]): Promise<boolean> => {
  const { whole, since, until, site } = survey;
  const ripe = touched.filter(({ issue }) => issue.updatedAt <= until);
  const listed = whole || since === undefined ? await labelledIssues(site.client, site.ref) : [];
  const begun = [...(await findLabels(survey, ripe, true)), ...(await findLabels(survey, listed, false))];
  await findTitles(survey, ripe);
  if (whole || since === undefined || ripe.some(({ issue }) => issue.isPull)) await findPulls(survey);
  return findComments(survey, begun);
};

const look = async (survey: Survey): Promise<void> => {
  const { desk, site, until, whole, since } = survey;
  const at = { lane: desk.hold.lane, url: 'activity', against: '-' };
  const etag = whole ? null : await readEtag(desk.hold, at);
  const activity = await repositoryActivity(site.client, site.ref, { since, etag });
  if (!activity.changed) return;
  const { touched, etag: fresh } = activity;
  // More happened than one look can list: everything is looked at.
  const seen = activity.whole || since === undefined ? survey : { ...survey, whole: true };
  const young = await findAll(seen, touched);
  if (survey.waiting.size > 0) return;
  const next = newest(touched, until);
  if (next !== undefined && next !== since) desk.also((tx) => leaveNote(tx, noteOf(site.known.id), next));
  const late = young || touched.some(({ issue }) => issue.updatedAt > until);
  if (!late && fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
};

/** `survey` costs two requests where nothing changed, and both are free; `full-survey` asks everything anew. */
export const planSurvey = async (planning: Planning, promise: DuePromise): Promise<Job> => {
  const { engine, desk, site } = planning;
  const whole = promise.kind === 'full-survey';
  const since = await readNote(desk.hold, noteOf(site.known.id));
  // A second more, because GitHub's moments are whole seconds.
  const until = moment(engine.now().getTime() - (engine.grace ?? defaultGrace) - 1_000);
  const survey: Survey = { ...planning, whole, since, until, waiting: new Set() };
  try {
    await surveyRules(survey);
    await look(survey);
    if (whole) await surveyChecks(survey);
  } catch (failure) {
    // Denied to us, archived away or deleted: there is nothing to find in it.
    if (!(failure instanceof GitHubFailure) || failure.kind !== 'refused') throw failure;
    engine.log.info({ repository: site.known.id, err: failure }, 'a repository could not be surveyed');
    if (mayBeOutOfReach(failure)) await letRest(planning, site.known);
  }
  return nothingToDo(promise);
};
