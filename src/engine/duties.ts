/** Who asks what waits for them: the roles they hold now, and the other epics of the repository they asked in. */
import { replay } from '../core/epic/evolve.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import type { Asked, NamedEpic } from '../core/query/query.ts';
import { rolesByName } from '../core/query/roles-by-name.ts';
import { readStream } from '../ledger/epics.ts';
import { openEpicsOf } from '../ledger/read-models/live-epics.ts';
import { askRoles, relevantRoles } from './ask.ts';
import { askerFor, type Reading } from './news/reading.ts';
import type { Speech } from './speech.ts';

/** A question is worth this many streams, not the whole ledger; the answer says that there are more. */
const mostEpics = 30;

const otherEpics = async (
  reading: Reading,
  speech: Speech,
): Promise<{ readonly others: readonly NamedEpic[]; readonly unasked: number }> => {
  const { hold } = reading.desk;
  const open = await openEpicsOf(hold, { repositoryId: reading.site.known.id });
  const others: NamedEpic[] = [];
  const known = open.filter((one) => one.id !== speech.epicId);
  for (const { id } of known.slice(-mostEpics)) {
    const epic = replay((await readStream(hold, id)).events);
    if (epic.status !== 'unopened') others.push({ id, epic });
  }
  return { others, unasked: Math.max(0, known.length - mostEpics) };
};

/** Roles are asked of GitHub, as for a decision: nobody is told of work they may not do. */
export const duties = async (
  reading: Reading,
  speech: Speech,
  epic: OpenedEpic,
): Promise<Pick<Asked, 'by' | 'others' | 'unasked'>> => {
  const [rules, more] = [await reading.rules(), await otherEpics(reading, speech)];
  const { login, id } = speech.by;
  // Rules that cannot be read give nobody a role; what the epic knew last says more than nothing.
  if (rules.broken !== null) return { by: { login, id, ...rolesByName(epic, login, []) }, ...more };
  const epics = [epic, ...more.others.map((one) => one.epic)];
  const relevant = [...new Set(epics.flatMap((one) => relevantRoles(one, rules)))];
  const roles = await askRoles(askerFor(reading, rules), speech.by, relevant);
  return { by: { login, id, roles }, ...more };
};
