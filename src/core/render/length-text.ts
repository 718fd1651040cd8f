/** A length of time as people read it at a glance: `3d 4h`, `25m`, `40s`. */

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** The two largest units that are not empty; `0s` for nothing. */
export const lengthText = (seconds: number): string => {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [letter, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${letter}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ') || '0s';
};
