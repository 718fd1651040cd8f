/** Making due again what was given up on: by hand, because nothing that failed for good is tried for ever by itself. */
import type { Connection } from './database.ts';

/** Which: one delivery by its guid, everything of a lane, or everything. */
export type Chosen = { readonly guid: string } | { readonly lane: string } | 'all';

/** What is due again. */
export interface Rearmed {
  readonly deliveries: readonly { readonly guid: string; readonly event: string; readonly lane: string }[];
  readonly promises: readonly { readonly lane: string; readonly key: string }[];
}

// Whatever its number belongs to by now: there it is read.
const readAgain = `
  update deliveries
     set state = 'new', tries = 0, problem = null, not_before = null, done_at = null,
         lane = coalesce((select 'epic:' || epic_id from subjects
                           where subjects.repository_id = deliveries.repository_id
                             and subjects.number = deliveries.number), lane)
   where state = 'set_aside' and ($1::text is null or guid = $1) and ($2::text is null or lane = $2)
  returning guid, event, lane`;

// `started` stays: an attempt whose outcome nobody knows is looked for on GitHub before it is repeated (threats F06).
const keepAgain = `
  update promises
     set given_up = false, given_up_at = null, tries = 0, problem = null, not_before = null
   where given_up and ($1::text is null or lane = $1)
  returning lane, key`;

/** Answers what was made due; nothing where nothing chosen was set aside or given up. A running service finds it by its sweep. */
export const rearm = async (on: Connection, chosen: Chosen): Promise<Rearmed> => {
  const guid = chosen !== 'all' && 'guid' in chosen ? chosen.guid : null;
  const lane = chosen !== 'all' && 'lane' in chosen ? chosen.lane : null;
  const deliveries = await on.query<Rearmed['deliveries'][number]>(readAgain, [guid, lane]);
  if (guid !== null) return { deliveries: deliveries.rows, promises: [] };
  const promises = await on.query<Rearmed['promises'][number]>(keepAgain, [lane]);
  return { deliveries: deliveries.rows, promises: promises.rows };
};

const ofInstallation = 'select id from repositories where installation_id = $1::bigint';

// What was set aside untried is of no shape, and stays so.
const readThere = `
  update deliveries
     set state = 'new', tries = 0, problem = null, not_before = null, done_at = null,
         lane = coalesce((select 'epic:' || epic_id from subjects
                           where subjects.repository_id = deliveries.repository_id
                             and subjects.number = deliveries.number), lane)
   where state = 'set_aside' and tries > 0 and repository_id in (${ofInstallation})`;

const keepThere = `
  update promises
     set given_up = false, given_up_at = null, tries = 0, problem = null, not_before = null
   where given_up
     and (lane in (select 'epic:' || id from epics where repository_id in (${ofInstallation}))
          or substring(lane from '^(?:subject|repository|group):([0-9]{1,15})')::bigint in (${ofInstallation}))`;

/** The App may do there what it might not: what was given up on in that installation is due again, deliveries in their order. */
export const rearmInstallation = async (on: Connection, installationId: number): Promise<void> => {
  await on.query(readThere, [installationId]);
  await on.query(keepThere, [installationId]);
};
