/** Recognises text that nobody writes by hand and that would cost the Markdown parser seconds; a guard against stalling the process. */

const container = /^[ \t]*(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|\[\^)/;
const deepContainers = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){13}/;
const declaration = /<[!?]/g;

/** Lines that follow a quote or list item without a blank line cost the square of their number. */
const mostLazyWork = 4_000_000;
const mostDeclarations = 20;
/** A link title or address that never ends is looked for to the end of its paragraph, once for each beginning. */
const openLink = /\]\([^\s()]*(?:\s+["']|\s*\()/g;
const mostLinkWork = 1_000_000;
const deepestBrackets = 300;

const lazyWork = (lines: readonly string[]): number => {
  let work = 0;
  let run = 0;
  let contained = false;
  for (const line of lines) {
    contained ||= container.test(line);
    run = contained && line.trim() !== '' ? run + 1 : 0;
    work += 2 * run;
  }
  return work;
};

const longestRun = (lines: readonly string[]): number => {
  let run = 0;
  let longest = 0;
  for (const line of lines) {
    run = line.trim() === '' ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
};

const linkWork = (text: string, lines: readonly string[]): number => {
  const links = text.match(openLink)?.length ?? 0;
  return links * (links + longestRun(lines));
};

const withoutComments = (text: string): string => {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('<!--', from);
    const end = start === -1 ? -1 : text.indexOf('-->', start);
    if (end === -1) return kept.join('') + text.slice(from);
    kept.push(text.slice(from, start));
    from = end + 3;
  }
};

const bracketDepth = (lines: readonly string[]): number => {
  let depth = 0;
  let deepest = 0;
  for (const line of lines) {
    if (line.trim() === '') depth = 0;
    for (const character of line) {
      if (character === '[') depth += 1;
      else if (character === ']' && depth > 0) depth -= 1;
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
};

/** True for more than 12 nested quotes or lists, thousands of lazy lines, many unfinished HTML comments, or brackets without end. */
export const contrived = (text: string): boolean => {
  const lines = text.split(/\r\n|\n|\r/);
  return (
    lines.some((line) => deepContainers.test(line)) ||
    lazyWork(lines) > mostLazyWork ||
    bracketDepth(lines) > deepestBrackets ||
    linkWork(text, lines) > mostLinkWork ||
    (withoutComments(text).match(declaration)?.length ?? 0) > mostDeclarations
  );
};
