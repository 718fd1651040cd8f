/** Safe echo of what people wrote: inside our Markdown it calls nobody, closes nothing, links nothing and looks like nothing of ours. */
import { inert, plainText } from './plain-text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const special = /[&<>\\`*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const atStart = /^(?:[-#+=/(!:]|\d+(?=[.)]))/;

const escapeStart = (text: string): string =>
  text.replace(atStart, (found) => (/\d/.test(found) ? `${found}\\` : `\\${found}`));

/**
 * One line of Markdown that shows `text` and does nothing else, wherever it is put: list, table, heading, quote (threats T44–T47).
 * At most `max` (500) UTF-16 units of the text are shown. Not for code spans: see `neutralCode`.
 */
export const neutral = (text: string, { max = 500 }: { readonly max?: number } = {}): string =>
  escapeStart(inert(plainText(text, max)).replace(special, (found) => entities[found] ?? `\\${found}`));

/** The same as a code span: for names that people chose. Backticks become apostrophes; an empty name shows as `(nothing)`. */
export const neutralCode = (text: string, max = 60): string =>
  `\`${inert(plainText(text, max)).replaceAll('`', "'").replaceAll('|', '¦') || '(nothing)'}\``;

/** The same for an issue's title, where Markdown does not count: at most `max` UTF-16 units, or `(untitled)`. */
export const titleText = (text: string, max: number): string => {
  for (let size = max; size > 0; size = Math.floor(size * 0.9)) {
    // What stands at the end calls nobody, and nothing that cannot be seen may be trimmed there.
    const shown = inert(plainText(text, size)).replace(/\u200B$/, '');
    if (shown.length <= max) return shown || '(untitled)';
  }
  return '';
};
