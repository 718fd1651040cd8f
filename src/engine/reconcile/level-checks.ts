/** The checks of an epic's heads compared with GitHub: one that passes while the gate is closed is the worst there is (threats F60). */
import { ourLatestCheck } from '../../github/facts/our-latest-check.ts';
import {
  dropCheckRun,
  forgetCheck,
  type KnownCheckRun,
  readCheckRun,
  saveCheckRun,
} from '../../ledger/check-runs.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { openPullRequests } from '../../ledger/pull-requests.ts';
import type { Planning } from '../effects/job.ts';
import { digestOf } from '../effects/pictures.ts';
import { pictureOfPulls } from '../effects/sync-checks.ts';
import { withoutEchoes } from '../effects/without-echoes.ts';
import { type Sight, sightOf } from './sight.ts';

const says = ({
  status,
  conclusion,
}: {
  readonly status: string;
  readonly conclusion: string | null;
}): string => conclusion ?? status;

const isAsked = async (planning: Planning, known: KnownCheckRun): Promise<boolean> => {
  const pulls = await openPullRequests(planning.desk.hold, known.repositoryId, known.headSha);
  const picture = await pictureOfPulls(planning, withoutEchoes(pulls));
  return picture !== undefined && digestOf(picture) === known.digest;
};

/**
 * The newest run of ours on a head says what the ledger last made it say, or it is written again. A run that the ledger
 * does not know is taken over: merging goes by it. `full`: asked without an etag.
 */
export const levelCheck = async (planning: Planning, headSha: string, full: boolean): Promise<Sight> => {
  const { desk, site } = planning;
  const known = await readCheckRun(desk.hold, site.known.id, headSha);
  if (known === undefined || !(await isAsked(planning, known))) return sightOf({ pending: true });
  const at = {
    lane: desk.hold.lane,
    url: `check/${headSha}`,
    against: `${known.checkRunId}/${known.digest}`,
  };
  const etag = full ? null : await readEtag(desk.hold, at);
  const now = await ourLatestCheck(site.client, site.ref, headSha, etag);
  if (now.kind === 'unchanged') return sightOf();
  const object = `check:${headSha}`;
  const { run } = now;
  if (run === null) {
    desk.also((tx) => dropCheckRun(tx, known.repositoryId, headSha));
    return sightOf({ found: [{ object, what: 'check made again', why: 'GitHub had none of ours' }] });
  }
  if (run.checkRunId === known.checkRunId && says(run) === says(known)) {
    const fresh = now.etag;
    if (fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
    return sightOf();
  }
  if (run.checkRunId === known.checkRunId) desk.also((tx) => forgetCheck(tx, known.repositoryId, headSha));
  else desk.also((tx) => saveCheckRun(tx, { ...known, ...run, digest: '' }));
  const why = `it said ${says(run)} and not ${says(known)}`;
  return sightOf({ found: [{ object, what: 'check written again', why }] });
};
