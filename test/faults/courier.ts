/** GitHub's webhooks on their way to the replicas: lost, doubled, late, out of order, and written into GitHub's log. */
import { receive } from '../../src/engine/receive.ts';
import type { StandIn } from '../world/github/stand-in.ts';
import type { Delivery } from '../world/github/webhooks.ts';
import type { Dice } from './dice.ts';
import type { Replica } from './replica.ts';
import type { HookFate } from './schedule.ts';
import type { Option, Town } from './town.ts';
import type { Trouble } from './trouble.ts';

/** What couriers work with. */
export interface Round {
  readonly github: StandIn;
  readonly dice: Dice;
  readonly trouble: Trouble;
  readonly town: () => Town;
  /** Whether what people do now may be lost without a trace. */
  readonly mayVanish: () => boolean;
}

/** See `openCourier`. */
export interface Courier {
  /** What could arrive next. */
  readonly options: () => readonly Option[];
  /** Whoever was receiving there got no answer. */
  readonly died: (replica: Replica) => void;
  /** What was late arrives now; false where nothing was. */
  readonly release: () => boolean;
  /** A new act: what was to be heard twice is heard again. */
  readonly nextAct: () => void;
  /** Whether anything failed since this was last asked. */
  readonly hasFailed: () => boolean;
  /** Whoever looked at the failures could not. */
  readonly failedAgain: () => void;
  /** The guids of deliveries that were answered with 2xx. */
  readonly accepted: ReadonlySet<string>;
}

const isByBot = ({ payload }: Delivery): boolean => {
  const { sender } = payload;
  return typeof sender === 'object' && sender !== null && 'type' in sender && sender.type === 'Bot';
};

/** Takes over from the stand-in's own post office, which has no target and so sends nothing. */
export const openCourier = ({ github, dice, trouble, town, mayVanish }: Round): Courier => {
  const fates = new Map<string, HookFate>();
  const accepted = new Set<string>();
  const receiving = new Map<Delivery, Replica>();
  let taken = 0;
  let waiting: readonly Delivery[] = [];
  let late: readonly Delivery[] = [];
  let echoes: readonly { readonly delivery: Delivery; acts: number }[] = [];
  let failed = false;

  github.faults.webhooks.push((delivery) => {
    const fate = trouble.atHook({ mayVanish: mayVanish() || isByBot(delivery) });
    if (fate !== undefined) fates.set(delivery.guid, fate);
    return fate === 'vanished' ? 'vanished' : undefined;
  });

  const answer = (delivery: Delivery, statusCode: number): void => {
    receiving.delete(delivery);
    const status = statusCode < 300 ? 'OK' : 'failed to connect to host';
    Object.assign(delivery, { statusCode, status, at: github.hub.now() });
    if (statusCode < 300) accepted.add(delivery.guid);
    else failed = true;
  };

  const sort = (delivery: Delivery): void => {
    const fate = delivery.redelivery ? undefined : fates.get(delivery.guid);
    if (fate === 'lost') answer(delivery, 502);
    else if (fate === 'late') late = [...late, delivery];
    else if (fate === 'early') waiting = [delivery, ...waiting];
    else waiting = [...waiting, delivery, ...(fate === 'doubled' ? [delivery] : [])];
    if (fate === 'echo') echoes = [...echoes, { delivery, acts: 1 + dice.below(3) }];
  };

  const collect = (): void => {
    const fresh = github.deliveries.slice(taken);
    taken += fresh.length;
    for (const delivery of fresh) sort(delivery);
  };

  const bring = (delivery: Delivery): void => {
    waiting = waiting.toSpliced(waiting.indexOf(delivery), 1);
    const up = town().up();
    if (up.length === 0) {
      answer(delivery, 502);
      return;
    }
    const replica = dice.pick(up);
    receiving.set(delivery, replica);
    const { guid, event, text } = delivery;
    town().begin(replica, `receive ${event}`, async () => {
      try {
        await receive(replica.inbox, { guid, event, body: Buffer.from(text) });
      } catch {
        // Whoever died while receiving was answered for when it died.
        if (replica.dead) return;
        answer(delivery, 503);
        return;
      }
      answer(delivery, 202);
      await replica.inbox.reach?.('B3');
    });
  };

  return {
    options: () => {
      collect();
      const [first] = waiting;
      return first === undefined ? [] : [{ weight: 4, happen: () => bring(first) }];
    },
    died: (replica) => {
      for (const [delivery, at] of receiving) if (at === replica) answer(delivery, 502);
    },
    release: () => {
      collect();
      const released = late;
      late = [];
      waiting = [...waiting, ...released];
      return released.length > 0;
    },
    nextAct: () => {
      for (const one of echoes) one.acts -= 1;
      waiting = [...waiting, ...echoes.filter((one) => one.acts === 0).map((one) => one.delivery)];
      echoes = echoes.filter((one) => one.acts > 0);
    },
    hasFailed: () => {
      const has = failed;
      failed = false;
      return has;
    },
    failedAgain: () => {
      failed = true;
    },
    accepted,
  };
};
