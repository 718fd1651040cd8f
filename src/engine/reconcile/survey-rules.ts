/** Whether a repository's rules or its name changed without our hearing of it. */
import { headIfChanged } from '../../github/facts/head-if-changed.ts';
import { repositoryNow } from '../../github/facts/repository-now.ts';
import { readConfiguration } from '../../ledger/configurations.ts';
import { readEtag, saveEtag } from '../../ledger/etags.ts';
import { openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import { saveRepository } from '../../ledger/repositories.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Survey } from './survey.ts';

const refreshAll = async ({ desk, site }: Survey): Promise<void> => {
  wishRefresh(desk, await openEpicsOf(desk.hold, { repositoryId: site.known.id }));
};

const learnName = async (survey: Survey): Promise<void> => {
  const { desk, site, engine } = survey;
  const { private: isPrivate, installationId, ...known } = site.known;
  const repository = { ...known, isPrivate };
  const now = await repositoryNow(engine.github, { repository, installationId });
  if (now === null) return;
  const { isPrivate: hidden, ...seen } = now;
  if (await saveRepository(desk.hold, { ...seen, installationId, private: hidden })) await refreshAll(survey);
};

/** Open epics look again where the default branch has another commit than the one the rules were read at. */
export const surveyRules = async (survey: Survey): Promise<void> => {
  const { desk, site, whole } = survey;
  if (whole) await learnName(survey);
  const at = { lane: desk.hold.lane, url: 'head', against: '-' };
  const etag = whole ? null : await readEtag(desk.hold, at);
  const head = await headIfChanged(site.client, site.ref, { branch: site.known.defaultBranch, etag });
  if (head === 'unchanged') return;
  const known = await readConfiguration(desk.hold, site.known.id, 'repository');
  if (known !== undefined && known.commit !== head.commit) await refreshAll(survey);
  const fresh = head.etag;
  if (fresh !== null) desk.also((tx) => saveEtag(tx, { ...at, etag: fresh }));
};
