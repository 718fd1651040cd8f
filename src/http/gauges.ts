/** Figures that are asked for when somebody looks: one that cannot be had is left out, and the others are still shown. */
import { Gauge, type Registry } from 'prom-client';

/** A figure with its labels; a figure alone where there are none. */
export type Figure = readonly [labels: Readonly<Record<string, string>>, value: number];

/** What a gauge is called, what it says, and where its figures come from. */
export interface Asked {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: () => readonly Figure[] | Promise<readonly Figure[]>;
}

/**
 * Registers gauges. What is not in an answer is not shown: a figure of yesterday would be taken for one of today, and while
 * the database is away whoever watches must still see everything else (contract §1).
 */
export const gaugesOn =
  (registers: Registry[]) =>
  ({ name, help, labels = [], read }: Asked): void => {
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers,
      async collect() {
        const figures = await Promise.resolve()
          .then(read)
          .catch(() => []);
        this.reset();
        if (labels.length === 0) this.remove({});
        for (const [values, value] of figures) this.set(values, value);
      },
    });
  };
