/** How often and since when one question has been asked in vain: what fails while others are answered is the question, not GitHub. */
import type { Client } from '../client.ts';

/** Asked so often without an answer, the first time so many milliseconds ago. */
export interface InVain {
  readonly times: number;
  readonly since: number;
}

/** Questions of one client; more are not remembered, and then asked longer than they need be. */
const most = 1_000;
const asked = new WeakMap<Client, Map<string, InVain>>();

/** One more failure of this question; answers all of them. A process that starts anew counts anew. */
export const countInVain = (client: Client, question: string): InVain => {
  const of = asked.get(client) ?? new Map<string, InVain>();
  asked.set(client, of);
  const known = of.get(question);
  const now: InVain = { times: (known?.times ?? 0) + 1, since: known?.since ?? Date.now() };
  if (known !== undefined || of.size < most) of.set(question, now);
  return now;
};

/** It was answered. */
export const forgetInVain = (client: Client, question: string): void => {
  asked.get(client)?.delete(question);
};
