/** Ticks that people set on a stage's deliverables: their own notes. Kept when the body is painted again, and never state (design rule 1, threats T48). */

import type { IssuePicture } from '../../core/render/issue-picture.ts';
import { type Memory, memoryOf } from './memory.ts';

const box = /^- \[[ xX]\] /gm;
const ticked = /^- \[[xX]\] (.+)$/gm;
const unticked = /^- \[ \] (.+)$/gm;

const linesOf = (body: string, pattern: RegExp): readonly string[] =>
  [...body.replaceAll('\r\n', '\n').matchAll(pattern)].map((match) => match[1] ?? '');

/** The ticks remembered beside what was painted; none where nothing is remembered. */
export const ticksOf = (remote: unknown): readonly string[] => memoryOf(remote).ticks ?? [];

/** The lines that are ticked. */
export const ticksIn = (body: string): readonly string[] => linesOf(body, ticked);

/** Whether people can tick anything on an issue that looks so; boxes on the checklist are ours. */
export const takesTicks = ({ labels, body }: Pick<IssuePicture, 'labels' | 'body'>): boolean =>
  labels.includes('gatehouse:stage') && linesOf(body, unticked).length > 0;

/**
 * What to remember once a body was seen on GitHub: what differs there from what we last wrote was done by people, whether
 * or not we heard of it; the rest is as we remembered it (threats F39, I12).
 */
export const ticksSeen = (memory: Memory, body: string): readonly string[] => {
  const { ticks = [], written = ticks } = memory;
  const cleared = linesOf(body, unticked);
  return [
    ...ticks.filter((line) => !(written.includes(line) && cleared.includes(line))),
    ...ticksIn(body).filter((line) => !written.includes(line) && !ticks.includes(line)),
  ];
};

/** The body with every box empty: what two bodies have in common whoever ticked what. */
export const withoutTicks = (body: string): string => body.replaceAll('\r\n', '\n').replaceAll(box, '- [ ] ');

/** The body with these lines ticked, beside those that are already. */
export const withTicks = (body: string, ticks: readonly string[]): string =>
  body.replaceAll(unticked, (line, text: string) => (ticks.includes(text) ? `- [x] ${text}` : line));
