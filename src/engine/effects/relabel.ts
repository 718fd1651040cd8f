/** Which labels to put on and take off, so that what people put there stays (invariant I12). */
import { hasLabel } from '../../core/render/has-label.ts';
import type { IssueShown } from '../../github/outgoing/read-issue.ts';
import type { Memory } from './memory.ts';

/** What is to be put on and what taken off; both empty where nothing is to be done. */
export interface Relabelling {
  readonly put: readonly string[];
  readonly off: readonly string[];
}

const ours = /^(stage|role|gatehouse):/i;
/** Before what we put on was remembered, each paint replaced all labels: a priority that is there was ours. */
const oursOnce = /^(stage|role|gatehouse|priority):/i;

/**
 * `wanted`: every label of ours that should be there. Taken off is only what we put on ourselves, and what nobody but us
 * says (contract §2). Where the issue was looked at, only what differs there is touched.
 */
export const relabel = (wanted: readonly string[], memory: Memory, shown?: IssueShown): Relabelling => {
  const known = memory.labels ?? [];
  if (shown === undefined) {
    const off = known.filter((label) => !wanted.includes(label));
    const same = off.length === 0 && wanted.every((label) => known.includes(label));
    return { put: same ? [] : wanted, off };
  }
  const saidByUs = memory.labels === undefined ? oursOnce : ours;
  return {
    put: wanted.filter((label) => !hasLabel(shown.labels, label)),
    off: shown.labels.filter(
      (label) => !hasLabel(wanted, label) && (saidByUs.test(label) || hasLabel(known, label)),
    ),
  };
};
