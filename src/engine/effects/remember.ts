/** What strokes leave to be remembered: before they are sent, which labels may be there; after, what people had ticked. */
import type { WriteResult } from '../../github/outgoing/send.ts';
import { paint } from '../../ledger/painted.ts';
import type { Canvas, Stroke } from './canvas.ts';
import { memoryOf } from './memory.ts';
import { ticksSeen } from './ticks.ts';

/** Noted before anything is sent: whatever becomes of it, a label that we put on is known to be ours (threats F06). */
export const rememberLabels = ({ desk, painted }: Canvas, strokes: readonly Stroke[]): void => {
  const rows = strokes.flatMap(({ object, memory }) => {
    const known = painted.get(object);
    const before = memoryOf(known?.remote);
    const labels = [...new Set([...(before.labels ?? []), ...(memory?.labels ?? [])])];
    if (known === undefined || before.labels === undefined || labels.length === before.labels.length)
      return [];
    return [{ object, digest: known.digest, remote: { ...before, labels } }];
  });
  if (rows.length > 0) desk.also((tx) => paint(tx, desk.hold.lane, rows));
};

/** What to remember of an object whose writes are all done. */
export const remembered = (
  { painted }: Canvas,
  { object, memory }: Stroke,
  results: readonly WriteResult[],
): unknown => {
  const known = painted.get(object)?.remote ?? null;
  if (memory === undefined) return known;
  const [body] = results.flatMap((one) =>
    one.ok && one.result.kind === 'add-labels' && one.result.body !== null ? [one.result.body] : [],
  );
  if (body === undefined || memory.labels?.includes('gatehouse:stage') !== true) return memory;
  // What was there differs from what we had written: people did that, unheard, just before we wrote again.
  const ticks = [...ticksSeen(memoryOf(known), body)];
  return { ...memory, ticks };
};

/** Whether what was just written lacks what people had ticked, or ticks what they had cleared. */
export const isOvertaken = ({ memory }: Stroke, remote: unknown): boolean => {
  const written = memory?.ticks ?? [];
  const { ticks = [] } = memoryOf(remote);
  return (
    memory !== undefined && (ticks.length !== written.length || ticks.some((line) => !written.includes(line)))
  );
};
