/** A repository was renamed, transferred, deleted or taken out of the archive: epics follow its id, not its name (threats T104, F32, F33). */
import type { News } from '../../github/incoming/news.ts';
import { openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import { letRest } from '../let-rest.ts';
import { resume } from '../resume.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Fate, Reading } from './reading.ts';

type Changed = Extract<News, { kind: 'repository-changed' }>;

/** The envelope has already taught the ledger the new name; epics are told to look. Where it is gone, they rest. */
export const onRepository = async (reading: Reading, news: Changed): Promise<Fate> => {
  const { desk, site } = reading;
  if (news.how === 'deleted') {
    await letRest(reading, site.known);
    return 'done';
  }
  // Nothing could be written there, and what it had was never taken in where the App came later.
  if (news.how === 'unarchived') {
    await resume(desk, site.known.id);
    return 'done';
  }
  wishRefresh(desk, await openEpicsOf(desk.hold, { repositoryId: site.known.id }));
  return 'done';
};
