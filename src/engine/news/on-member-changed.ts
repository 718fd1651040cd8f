/** Somebody joined or left: epics at whose open gates they approved ask their roles again (threats T26, T32). */
import type { News } from '../../github/incoming/news.ts';
import { epicsWithApprover, openEpicsOf } from '../../ledger/read-models/live-epics.ts';
import type { Bench } from '../interpret.ts';
import { wishRefresh } from '../wish-refresh.ts';
import type { Fate } from './reading.ts';

type Changed = Extract<News, { kind: 'member-changed' }>;

/** For a whole team (no person) every open epic of the organisation asks. */
export const onMemberChanged = async ({ desk }: Bench, news: Changed): Promise<Fate> => {
  const { person, organization } = news;
  const epics =
    person === null
      ? await openEpicsOf(desk.hold, { owner: organization })
      : await epicsWithApprover(desk.hold, person.id);
  wishRefresh(desk, epics);
  return epics.length > 0 ? 'done' : 'ignored';
};
