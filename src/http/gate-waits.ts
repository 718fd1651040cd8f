/** How long people are waited for at gates, as figures for Prometheus (requirements TO-08). */
import { Histogram, type Registry } from 'prom-client';
import { gaugesOn } from './gauges.ts';

/** Gates open now, and since when the oldest. */
export type OpenGatesNow = () => Promise<{ readonly count: number; readonly oldest: Date | null }>;

/** A wait that ended. */
export type Ended = { readonly how: string | null; readonly seconds: number };

const [minute, hour, day] = [60, 3_600, 86_400];

/** Registers the figures; answers what is to be told of every wait that ends in this process. */
export const measureGateWaits = (registers: Registry[], openNow?: OpenGatesNow): ((wait: Ended) => void) => {
  const ended = new Histogram({
    name: 'gatehouse_gate_wait_seconds',
    help: 'How long approvals were waited for, from submission to the end of the wait, by what ended it.',
    labelNames: ['how'],
    buckets: [minute, 10 * minute, hour, 4 * hour, 12 * hour, day, 2 * day, 4 * day, 7 * day, 14 * day],
    registers,
  });
  const gauge = gaugesOn(registers);
  if (openNow !== undefined) {
    gauge({
      name: 'gatehouse_gates_open',
      help: 'Gates that wait for approvals now.',
      read: async () => [[{}, (await openNow()).count]],
    });
    gauge({
      name: 'gatehouse_gate_oldest_wait_seconds',
      help: 'How long the gate that is open longest has waited; 0 while none is open.',
      read: async () => {
        const { oldest } = await openNow();
        return [[{}, oldest === null ? 0 : Math.max(0, (Date.now() - oldest.getTime()) / 1_000)]];
      },
    });
  }
  return ({ how, seconds }) => ended.observe({ how: how ?? 'passed' }, seconds);
};
