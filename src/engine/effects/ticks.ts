/** Ticks that people set on a stage's deliverables: their own notes. Kept when the body is painted again, and never state (design rule 1, threats T48). */

import { z } from 'zod';

const remembered = z.object({ ticks: z.array(z.string()) });
const box = /^- \[[ xX]\] /gm;
const ticked = /^- \[[xX]\] (.+)$/gm;

/** The ticks remembered beside what was painted; none where nothing is remembered. */
export const ticksOf = (remote: unknown): readonly string[] => {
  const read = remembered.safeParse(remote);
  return read.success ? read.data.ticks : [];
};

/** The lines that are ticked. */
export const ticksIn = (body: string): readonly string[] =>
  [...body.replaceAll('\r\n', '\n').matchAll(ticked)].map((match) => match[1] ?? '');

/** The body with every box empty: what two bodies have in common whoever ticked what. */
export const withoutTicks = (body: string): string => body.replaceAll('\r\n', '\n').replaceAll(box, '- [ ] ');

/** The body with these lines ticked, beside those that are already. */
export const withTicks = (body: string, ticks: readonly string[]): string =>
  body.replaceAll(/^- \[ \] (.+)$/gm, (line, text: string) =>
    ticks.includes(text) ? `- [x] ${text}` : line,
  );
