/** A Markdown table, one string per line; cells are already safe to show. */

/** Nothing where there are no rows: an empty table says less than a sentence. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
};
