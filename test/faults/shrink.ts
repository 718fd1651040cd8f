/** From a schedule that fails to the smallest one that still does. */
import type { Fault, Schedule } from './schedule.ts';

/** Whether a schedule still fails; playing it costs time. */
export type Fails = (schedule: Schedule) => Promise<boolean>;

/** Everything that is one step simpler, the boldest first. */
const simpler = (schedule: Schedule): readonly Schedule[] => {
  const { faults } = schedule;
  const without = (some: readonly Fault[]): Schedule => ({
    ...schedule,
    faults: faults.filter((one) => !some.includes(one)),
  });
  const half = Math.ceil(faults.length / 2);
  return [
    ...(faults.length > 3 ? [without(faults.slice(0, half)), without(faults.slice(half))] : []),
    ...faults.map((one) => without([one])),
    ...(schedule.replicas > 1 ? [{ ...schedule, replicas: 1 }] : []),
    ...(schedule.interleaved ? [{ ...schedule, interleaved: false }] : []),
    ...faults.flatMap((one) =>
      one.kind === 'github' && one.times > 1
        ? [{ ...schedule, faults: faults.map((other) => (other === one ? { ...one, times: 1 } : other)) }]
        : [],
    ),
  ];
};

/** Tries one simplification after another, at most `budget` plays. Answers the smallest that failed, which may be the whole. */
export const shrink = async (schedule: Schedule, fails: Fails, budget: number): Promise<Schedule> => {
  let smallest = schedule;
  let left = budget;
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const candidate of simpler(smallest)) {
      left -= 1;
      if (left < 0) break;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
};
