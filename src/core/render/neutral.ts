/** What people wrote, made harmless to show: it calls nobody, closes nothing, links nothing and is no HTML (threats T44–T47). */

/** Stands between the characters of what GitHub would otherwise act on; nobody sees it. */
const gap = '\u200B';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
const invisible = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text cut to at most `max` UTF-16 units without splitting what people see as one character. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length + 1 > max) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};

/** One line of a person's words, safe anywhere in Markdown. */
export const neutral = (text: string, max = 500): string =>
  cut(text.replaceAll(/\s+/g, ' ').replaceAll(invisible, '').trim(), max)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${gap}`)
    .replaceAll('#', `#${gap}`)
    .replaceAll(/\b(gh)-(?=\d)/gi, `$1${gap}-`)
    .replaceAll(/:\/\//g, `:${gap}//`)
    .replaceAll(/\bwww\./gi, `www${gap}.`)
    .replaceAll(/[\\`*_[\]{}|~!]/g, '\\$&')
    .replaceAll(/^([-+=]|\d+[.)])/g, '\\$1');

/** Text for an issue's title: titles are plain text, but they are echoed by others, so names and numbers are broken up. */
export const titleText = (text: string, max: number): string =>
  cut(text.replaceAll(/\s+/g, ' ').replaceAll(invisible, '').trim(), max).replaceAll('@', `@${gap}`).replaceAll('#', `#${gap}`);
