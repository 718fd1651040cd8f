/** The optional stage at the front of an argument: `/claim 2_design`. */
import { type Refusal, refuse } from '../epic/refusal.ts';
import type { StageKey } from '../workflow/definition.ts';
import { suggest } from '../workflow/suggest.ts';
import type { Context } from './slash-command.ts';

/** An argument taken apart: the stage if its first word names one, and what follows. */
export interface StageArgument {
  readonly named: { readonly stage?: StageKey };
  readonly rest: string;
}

const firstWord = (argument: string): { word: string; rest: string } => {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  return { word, rest };
};

const findKey = (word: string, keys: readonly StageKey[]): StageKey | undefined =>
  keys.find((key) => key === word) ?? keys.find((key) => key.toLowerCase() === word.toLowerCase());

/** Takes the stage off the front where the first word is one, in any case; otherwise the whole argument is the rest. */
export const splitStage = (argument: string, context: Context): StageArgument => {
  const { word, rest } = firstWord(argument);
  const stage = findKey(word, context.stages);
  return stage === undefined ? { named: {}, rest: argument } : { named: { stage }, rest };
};

const safe = /^[\w.-]{1,60}$/;
const shown = (word: string): string | undefined => (safe.test(word) ? `\`${word}\`` : undefined);

const unknownStage = (before: string, word: string, keys: readonly StageKey[]): Refusal => {
  const known = keys.flatMap((key) => shown(key) ?? []).slice(0, 100);
  const meant = suggest(word, keys);
  const why = `No stage is called ${shown(word) ?? 'that'}.`;
  const list = known.length === 0 ? '' : ` The stages are ${known.join(', ')}.`;
  const next = meant !== undefined && shown(meant) !== undefined ? { next: `\`/${before}${meant}\`` } : {};
  return refuse('unknown-stage', `${why}${list}`, next);
};

/**
 * For commands that take a stage and nothing else: the stage, or none where nothing was written.
 * Any other first word is refused with `unknown-stage`, the list, and the nearest key.
 */
export const onlyStage = (
  name: string,
  argument: string,
  context: Context,
): StageArgument['named'] | Refusal => {
  if (argument === '') return {};
  const { word } = firstWord(argument);
  const stage = findKey(word, context.stages);
  return stage === undefined ? unknownStage(`${name} `, word, context.stages) : { stage };
};

/**
 * For words in which a stage must come first: the stage and what follows it, or `unknown-stage` as above.
 * `before` is what stands before the stage, as it is typed: `resume --from `, `reject to:`.
 */
export const leadingStage = (
  before: string,
  text: string,
  context: Context,
): { readonly stage: StageKey; readonly rest: string } | Refusal => {
  const { word, rest } = firstWord(text);
  const stage = findKey(word, context.stages);
  return stage === undefined ? unknownStage(before, word, context.stages) : { stage, rest };
};
