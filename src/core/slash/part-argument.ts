/** The optional part of an epic at the front of `/pause` and `/resume`: a stage, a role, or a class of gates. */
import type { Part } from '../epic/hold.ts';
import type { Context } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

/** People say development where gates say code (requirements SG-15). */
const synonyms: Readonly<Record<string, string>> = { development: 'code' };

/** The part if the first word names one (roles and classes exactly as they are written), and what follows. */
export const splitPart = (
  argument: string,
  context: Context,
): { readonly part?: Part; readonly rest: string } => {
  const { named, rest } = splitStage(argument, context);
  if (named.stage !== undefined) return { part: { kind: 'stage', name: named.stage }, rest };
  const [, word = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  const name = (Object.hasOwn(synonyms, word) ? synonyms[word] : undefined) ?? word;
  const known = context.kinds?.find((one) => one.name === name);
  const part: Part | undefined = known ?? (name === word ? undefined : { kind: 'class', name });
  return part === undefined ? { rest: argument } : { part, rest: after };
};
