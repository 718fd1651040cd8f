/** One line of the table. */

/** A figure with its bars: `must` and `want` are texts for people; `holds` says which of them the value meets. */
export interface Figure {
  readonly name: string;
  readonly must: string;
  readonly want: string;
  readonly measured: string;
  readonly holds: 'want' | 'must' | 'no';
}

/** The middle value; of an even number the lower middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** Which bar a value meets; for `at-least` larger is better. */
export const judge = (
  value: number,
  kind: 'at-least' | 'at-most',
  must: number,
  want: number,
): Figure['holds'] => {
  const meets = (bar: number): boolean => (kind === 'at-least' ? value >= bar : value <= bar);
  if (meets(want)) return 'want';
  return meets(must) ? 'must' : 'no';
};

const symbols = { want: '✓✓', must: '✓', no: '✗' } as const;

/** The table as Markdown. */
export const table = (figures: readonly Figure[]): string =>
  [
    '| figure | must | want | measured | |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map(
      (one) => `| ${one.name} | ${one.must} | ${one.want} | ${one.measured} | ${symbols[one.holds]} |`,
    ),
  ].join('\n');
