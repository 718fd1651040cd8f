/** Which criterion of a gate somebody means: by its number, by its words, or by part of them. */
import { criterionName, openCriteria } from './outstanding.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code, list } from './say-who.ts';
import type { Stage } from './state.ts';

/** A criterion, counted from 1, and what was written behind it. */
export interface Meant {
  readonly criterion: number;
  readonly rest: string;
}

const leading = /^#?(\d{1,3})(?:[.):,]?\s+([\s\S]*)|[.):,]?)$/;

const startsWith = (words: string, text: string): boolean =>
  words.toLowerCase().startsWith(text.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(words.slice(text.length));

/** The criterion written out in full; the longest, where one begins like another. */
const inFull = (criteria: readonly string[], words: string): Meant | undefined => {
  const [found] = criteria
    .map((text, index) => ({ text, criterion: index + 1 }))
    .filter(({ text }) => startsWith(words, text))
    .sort((one, other) => other.text.length - one.text.length);
  return (
    found && { criterion: found.criterion, rest: words.slice(found.text.length).replace(/^[:,;.\s]+/, '') }
  );
};

/** Some of its words, where no other criterion has them. */
const inPart = (criteria: readonly string[], words: string): Meant | undefined => {
  const some = words.toLowerCase();
  const fits = criteria.flatMap((text, index) => (text.toLowerCase().includes(some) ? [index + 1] : []));
  const [criterion] = fits;
  return words.length < 3 || fits.length !== 1 || criterion === undefined
    ? undefined
    : { criterion, rest: '' };
};

const byNumber = (criteria: readonly string[], words: string): Meant | undefined => {
  const [, digits, rest = ''] = leading.exec(words) ?? [];
  const criterion = Number(digits ?? 0);
  return criterion >= 1 && criterion <= criteria.length ? { criterion, rest: rest.trim() } : undefined;
};

/** The criterion meant, or `no-criteria`, or `unknown-criterion` with those that are open. */
export const findCriterion = (stage: Stage, words: string, command: 'check' | 'waive'): Meant | Refusal => {
  const criteria = stage.definition.gate?.criteria ?? [];
  const key = code(stage.definition.key);
  if (criteria.length === 0) return refuse('no-criteria', `The gate of ${key} has no criteria.`);
  const meant = inFull(criteria, words) ?? byNumber(criteria, words) ?? inPart(criteria, words);
  if (meant !== undefined) return meant;
  const open = openCriteria(stage);
  const shown = list(open.map((one) => criterionName(stage, one)));
  const why = words === '' ? 'Which criterion is meant was not written' : 'No criterion is called that';
  const behind = command === 'check' ? '<evidence>' : '<why>';
  return refuse('unknown-criterion', `${why}; ${open.length === 0 ? 'none is open' : `open are ${shown}`}.`, {
    next: code(`/${command} ${open[0] ?? 1} ${behind}`),
  });
};
