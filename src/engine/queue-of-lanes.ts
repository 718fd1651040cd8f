/** Lanes waiting for a place, shared out fairly: no repository waits behind all of another's (threats T10). */

/** A lane that may start, and who shares its place. */
export interface Turn {
  readonly lane: string;
  readonly group: string;
}

/** See `queueOfLanes`. */
export interface QueueOfLanes {
  /** Adds a lane, once; `group` is who shares a place in the queue: a repository. */
  readonly add: (lane: string, group: string) => void;
  /** The lane whose turn it is, taken out; undefined where none may start. */
  readonly next: () => Turn | undefined;
  /** A lane that `next` gave has come to its end. */
  readonly done: (lane: string) => void;
  readonly size: () => number;
  readonly clear: () => void;
}

/**
 * A queue in which the group with the fewest lanes at work goes first, and among equals the one served longest ago. A lane
 * that is at work is not given again before it is done. At most `most` lanes of a group are at work at once.
 */
export const queueOfLanes = (most = Number.POSITIVE_INFINITY): QueueOfLanes => {
  // In the order in which they were served; a group without waiting lanes is not in it.
  const waiting = new Map<string, Set<string>>();
  const working = new Map<string, string>();
  const atWork = new Map<string, number>();
  let size = 0;

  const startable = (lanes: ReadonlySet<string>): string | undefined => {
    for (const lane of lanes) if (!working.has(lane)) return lane;
    return undefined;
  };

  const choose = (): Turn | undefined => {
    let chosen: (Turn & { readonly busy: number }) | undefined;
    for (const [group, lanes] of waiting) {
      const busy = atWork.get(group) ?? 0;
      if (busy >= most || (chosen !== undefined && chosen.busy <= busy)) continue;
      const lane = startable(lanes);
      if (lane !== undefined) chosen = { group, lane, busy };
      if (chosen?.busy === 0) break;
    }
    return chosen;
  };

  return {
    add: (lane, group) => {
      const lanes = waiting.get(group) ?? new Set();
      if (!lanes.has(lane)) size += 1;
      waiting.set(group, lanes.add(lane));
    },
    next: () => {
      const chosen = choose();
      if (chosen === undefined) return undefined;
      const { group, lane } = chosen;
      const lanes = waiting.get(group);
      lanes?.delete(lane);
      waiting.delete(group);
      if (lanes !== undefined && lanes.size > 0) waiting.set(group, lanes);
      working.set(lane, group);
      atWork.set(group, (atWork.get(group) ?? 0) + 1);
      size -= 1;
      return { lane, group };
    },
    done: (lane) => {
      const group = working.get(lane);
      if (group === undefined) return;
      working.delete(lane);
      const left = (atWork.get(group) ?? 1) - 1;
      if (left > 0) atWork.set(group, left);
      else atWork.delete(group);
    },
    size: () => size,
    clear: () => {
      waiting.clear();
      size = 0;
    },
  };
};
