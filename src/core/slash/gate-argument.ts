/** A gate's name where a stage's key may stand: `/override design_review the approver is away` (requirements G-38, G-39). */
import type { Context } from './slash-command.ts';

/** The argument with the gate's name replaced by its stage's key, where the first word is the name of exactly one gate and of no stage. */
export const gateAsStage = (argument: string, context: Context): string => {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  const [gate, ...others] = (context.gates ?? []).filter(({ name }) => name === word);
  if (gate === undefined || others.length > 0 || context.stages.includes(word)) return argument;
  return `${gate.stage} ${rest}`;
};
