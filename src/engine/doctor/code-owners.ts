/** Who owns a path by a CODEOWNERS file; read as GitHub reads it, the last line that fits wins. */

const longest = 500;

/** Whether one pattern of gitignore's kind fits a path. Never backtracks: a segment is matched against a segment. */
const fits = (pattern: string, path: string): boolean => {
  const rooted = pattern.startsWith('/');
  const folder = pattern.endsWith('/');
  const wanted = pattern.split('/').filter((part) => part !== '');
  const parts = path.split('/');
  if (wanted.length === 0) return false;
  const from = rooted || wanted.length > 1 ? [0] : parts.map((_, index) => index);
  const open = folder || !wanted.at(-1)?.includes('*');
  return from.some((start) => {
    if (wanted.includes('**')) {
      const head = wanted.slice(0, wanted.indexOf('**'));
      return head.every((part, index) => fitsSegment(part, parts[start + index]));
    }
    const rest = parts.length - start;
    const enough = folder ? rest > wanted.length : open ? rest >= wanted.length : rest === wanted.length;
    const all = wanted.every((part, index) => fitsSegment(part, parts[start + index]));
    return all && (enough || (pattern === '*' && rest >= 1));
  });
};

const fitsSegment = (pattern: string, segment: string | undefined): boolean => {
  if (segment === undefined) return false;
  const pieces = pattern.split('*');
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return pattern === segment;
  if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = segment.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at + last.length <= segment.length;
};

/** The owners of `path`; none where no line fits or the last one that does names nobody. */
export const ownersOf = (codeOwners: string, path: string): readonly string[] => {
  let owners: readonly string[] = [];
  for (const line of codeOwners.split('\n')) {
    const [pattern, ...names] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern === undefined || pattern === '' || pattern.length > longest) continue;
    if (fits(pattern, path)) owners = names;
  }
  return owners;
};
