/** Webhooks held back at the stand-in, and put into the real door in whatever order a test likes, some of them twice. */
import { createHmac, randomUUID } from 'node:crypto';
import { post } from '../world/github/post.ts';
import type { Delivery } from '../world/github/webhooks.ts';
import { app } from '../world/house.ts';
import type { Play } from '../world/play.ts';

/** A delivery in somebody's hand; `again`: a copy of one that comes anyway, under its own or another id. */
export interface Letter {
  readonly delivery: Delivery;
  readonly again?: 'same id' | 'other id';
}

/** Does what people do and keeps every webhook of it. */
export const holdBack = (play: Play, act: () => void): readonly Delivery[] => {
  const held: Delivery[] = [];
  const { webhooks } = play.github.faults;
  webhooks.push((delivery) => {
    held.push(delivery);
    return 'vanished';
  });
  act();
  webhooks.pop();
  return held;
};

/** Delivers one after another, in this order. */
export const deliver = async (play: Play, letters: readonly Letter[]): Promise<void> => {
  for (const { delivery, again } of letters) {
    const bytes = Buffer.from(delivery.text);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      'x-github-delivery': again === 'other id' ? randomUUID() : delivery.guid,
      'x-github-event': delivery.event,
      'x-hub-signature-256': `sha256=${createHmac('sha256', app.secret).update(bytes).digest('hex')}`,
    };
    const { status } = await post(play.house.webhooks, bytes, headers, 10_000);
    if (status < 200 || status > 299) throw new Error(`${delivery.event} was answered ${status}`);
  }
};
