/** What somebody wrote as one harmless line of plain text, before any Markdown is thought of. */
import { cut } from './cut.ts';

const lineBreaking = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
// Format characters turn the direction of writing or hide; the two joiners are needed by scripts and emoji.
const invisible = /(?![\u200C\u200D])\p{Cf}/gu;

/**
 * One line without control, bidirectional and other invisible characters, at most `max` UTF-16 units long.
 * A longer text is cut between graphemes and ends in `…` (threats T41).
 */
export const plainText = (text: string, max: number): string =>
  cut(
    text
      .slice(0, max * 8 + 1_000)
      .toWellFormed()
      .replace(lineBreaking, ' ')
      .replace(invisible, '')
      .replace(/ {2,}/g, ' ')
      .trim(),
    max,
  );

/** Breaks what GitHub brings to life on its own: mentions, `#12`, `GH-12`, addresses; with an invisible space (threats T44, T45). */
export const inert = (text: string): string =>
  text
    .replaceAll('@', '@\u200B')
    .replace(/#(?=\d)/g, '#\u200B')
    .replace(/gh-(?=\d)/gi, (found) => `${found}\u200B`)
    .replaceAll('://', ':\u200B//')
    .replace(/www(?=\.)/gi, (found) => `${found}\u200B`);
