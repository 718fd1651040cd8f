/** "Did you mean": the known word nearest to one that is not known. */

const longest = 60;

/** The known word that `word` was most likely meant to be, or undefined when none is near: about one slip in three letters, none but case in one or two letters. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = word.toLowerCase();
  const allowed = Math.floor(wanted.length / 3);
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const name of known) {
    if (name.length > longest || Math.abs(name.length - wanted.length) > allowed) continue;
    const slips = editDistance(wanted, name.toLowerCase());
    if (slips <= allowed && (best === undefined || slips < best.slips)) best = { name, slips };
  }
  return best?.name;
}

/** Letters added, lost, changed, or two neighbours swapped: how many such slips lie between two words. */
export function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const best = Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(swapped ? Math.min(best, (before[j - 2] ?? 0) + 1) : best);
    }
    before = above;
    above = row;
  }
  return above[other.length] ?? 0;
}
