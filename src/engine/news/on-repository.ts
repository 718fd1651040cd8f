/** A repository was renamed, transferred or deleted: epics follow its id, not its name (threats T104, F32, F33). */
import type { News } from '../../github/incoming/news.ts';
import { openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Fate, Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'repository-changed' }>;

/** The envelope has already taught the ledger the new name; epics are told to look. */
export const onRepository = async (reading: Reading, news: Changed): Promise<Fate> => {
  if (news.how === 'deleted') return 'done';
  const { desk, site } = reading;
  wishRefresh(desk, await openEpicsOf(desk.hold, { repositoryId: site.known.id }));
  return 'done';
};
