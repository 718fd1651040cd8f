/** Cuts text to what GitHub takes, by code point, without losing the marker (platform §4.7, threats F28). */
import type { GitHubFailure } from '../failure.ts';

const note = '\n\n_… cut here: GitHub takes no longer text._\n';
/** Titles and bodies in characters; what a check shows in bytes, whatever the reference says (github/docs#35252). */
const limits = { title: 256, body: 65_536, output: 65_535 } as const;
type Place = keyof typeof limits;

/** What to keep from the end: a hidden marker may stand there, and a comment cut open would hide the rest. */
const tailOf = (text: string): string => {
  const at = text.lastIndexOf('<!--');
  const tail = at === -1 ? '' : text.slice(at);
  return tail.length < 2_000 && tail.trimEnd().endsWith('-->') ? `\n${tail}` : '';
};

/** Characters are measured in UTF-16 units: never more than GitHub counts, whichever way it counts. */
const lengthOf = (text: string, place: Place): number =>
  place === 'output' ? Buffer.byteLength(text) : text.length;

/** The first so many units or bytes, never half a character. */
const start = (text: string, length: number, place: Place): string =>
  place === 'output'
    ? new TextDecoder().decode(Buffer.from(text).subarray(0, length), { stream: true })
    : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

/** Text and the kind of place → the text, or as much of it as fits. `share` asks for less than GitHub promises to take. */
export const cutToFit = (text: string, place: Place, share = 1): string => {
  const limit = Math.floor(limits[place] * share);
  if (lengthOf(text, place) <= limit) return text;
  if (place === 'title') return `${start(text, limit - 1, place)}…`;
  const tail = tailOf(text);
  const kept = limit - lengthOf(note, place) - lengthOf(tail, place);
  return `${start(text, kept, place)}${note}${tail}`;
};

/** True for a 422 whose text says so. */
export const refusedBecause = (failure: GitHubFailure, reason: RegExp): boolean =>
  failure.kind === 'refused' && failure.status === 422 && reason.test(failure.message);
