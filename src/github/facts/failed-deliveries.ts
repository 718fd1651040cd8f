/** The App's delivery log: what GitHub tried to tell us and could not (threats A1, F01). */
import { z } from 'zod';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';

/** One failed attempt; `guid` is the same for all attempts of a delivery. */
export interface FailedDelivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: Date;
}

const entries = z.array(
  z.object({ id: z.number(), guid: z.string(), delivered_at: z.string(), status_code: z.number() }),
);

/**
 * Every failed attempt since a moment, the oldest first; GitHub keeps three days. Servers that do not know the filter
 * list everything, so the status is looked at here too. Throws GitHubFailure.
 */
export const failedDeliveries = async (app: Client, since: Date): Promise<readonly FailedDelivery[]> => {
  const failed: FailedDelivery[] = [];
  for await (const page of pages(app, 'GET /app/hook/deliveries', { status: 'failure' })) {
    const listed = entries.parse(page);
    const recent = listed.filter((one) => new Date(one.delivered_at) >= since);
    for (const { id, guid, delivered_at: at, status_code: status } of recent)
      if (status < 200 || status > 299) failed.push({ id, guid, deliveredAt: new Date(at) });
    if (recent.length < listed.length) break;
  }
  return failed.reverse();
};

/** Asks GitHub to send a delivery again, under its old guid. Throws GitHubFailure. */
export const redeliver = async (app: Client, id: number): Promise<void> => {
  await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
};
