/** A person says: try again. What was set aside or given up is due at once. */

import type { Connection } from '../ledger/database.ts';
import { readDeliveryState } from '../ledger/read-models/delivery-state.ts';
import { type Chosen, type Rearmed, rearm } from '../ledger/rearm.ts';

/** What was made due, or why nothing was. */
export type Retried = Rearmed | { readonly nothing: string };

const words = {
  new: 'it waits to be read already',
  done: 'it was read and acted on',
  ignored: 'it was read; it means nothing to Gatehouse',
  set_aside: 'it was set aside this very moment; say it again',
} as const;

/** `text` as people type it: a lane has a colon, a delivery's guid has none; `--all` is `all`. */
export const chosenBy = (text: string | undefined, all: boolean): Chosen | undefined => {
  // What a shell makes of a variable that is not set names nothing.
  if (text === '') return undefined;
  if (all === (text !== undefined)) return undefined;
  if (text === undefined) return 'all';
  return text.includes(':') ? { lane: text } : { guid: text };
};

/** Re-arms; a running service begins within a second. Running it twice changes nothing more. */
export const retry = async (on: Connection, chosen: Chosen): Promise<Retried> => {
  const rearmed = await rearm(on, chosen);
  if (rearmed.deliveries.length + rearmed.promises.length > 0) return rearmed;
  if (chosen === 'all') return { nothing: 'Nothing is set aside or given up.' };
  if ('lane' in chosen) return { nothing: `Nothing is set aside or given up in ${chosen.lane}.` };
  const state = await readDeliveryState(on, chosen.guid);
  return {
    nothing:
      state === undefined
        ? `No delivery ${chosen.guid} is in the inbox.`
        : `Delivery ${chosen.guid} is not set aside: ${words[state]}.`,
  };
};
