/** How names out of a file are shown in a problem's sentences: short, quoted, and without control characters. */
import { suggest } from './suggest.ts';

const longest = 60;

/** A name or value in backticks; cut when long, control and direction characters replaced. */
export function quote(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029`]/gu, '\uFFFD');
  return clean.length > longest ? `\`${clean.slice(0, longest)}…\`` : `\`${clean}\``;
}

/** `a`, `b` or `c`: at most eight names, then how many more there are. */
export function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quote);
  if (names.length > shown.length) return `${shown.join(', ')} … (${names.length} in all)`;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${last}` : last;
}

/** `{ hint }` with the known word that was likely meant, else with the sentence given instead, else nothing. */
export function didYouMean(word: string, known: readonly string[], otherwise?: string): { hint?: string } {
  const meant = suggest(word, known);
  if (meant !== undefined) return { hint: `did you mean \`${meant}\`?` };
  return otherwise === undefined ? {} : { hint: otherwise };
}
