/** `/approve`: one approval at a stage's gate, for a named commit where there is one. */
import { type Condition, knownConditions, readCondition } from '../epic/condition.ts';
import { isRefusal, type Refusal, refuse } from '../epic/refusal.ts';
import type { Context, SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

const commitFirst = /^([0-9a-f]{7,40})(?:\s+([\s\S]*))?$/i;

/** A leading word of 7 to 40 hex digits is the commit; the rest is the note. */
const commitAndNote = (text: string): { readonly commit?: string; readonly note: string } => {
  const [, commit, note = ''] = commitFirst.exec(text) ?? [];
  return commit === undefined ? { note: text } : { commit: commit.toLowerCase(), note };
};

/** No condition is longer; what is further from the end is a note. */
const longest = 250;

/** A known `if …` anywhere in the note is a condition; a note that begins with another one is refused: nobody shall believe in it. */
const conditionOf = (
  note: string,
  context: Context,
): { readonly note: string; readonly condition?: Condition } | Refusal => {
  for (const { index, 0: word } of note.matchAll(/(?<!\S)if(?:\s+|$)/gi)) {
    if (note.length - index > longest) continue;
    const condition = readCondition(note.slice(index + word.length), context.stages);
    if (condition !== undefined) return { note: note.slice(0, index).trim(), condition };
  }
  if (!/^if(?:\s|$)/i.test(note)) return { note };
  const known = knownConditions.map((one) => `\`${one}\``).join(', ');
  return refuse('unknown-condition', `That is no condition Gatehouse can see. Known are ${known}.`, {
    next: '`/approve if check build passes`',
  });
};

/** The record of `/approve`. */
export const approve: SlashCommand = {
  name: 'approve',
  aliases: [],
  usage: '/approve [stage] [commit] [note or if <condition>]',
  who: 'an approver role of the gate',
  summary: 'Counts as one approval, for the commit named or the head last shown by the check.',
  examples: [
    '/approve',
    '/approve 4f2a91c',
    '/approve 2_design 4f2a91c looks right',
    '/approve if check build passes',
  ],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const { note, ...commit } = commitAndNote(rest);
    const condition = conditionOf(note, context);
    if (isRefusal(condition)) return condition;
    return {
      type: 'Approve',
      on: context.on,
      ...named,
      commentId: context.commentId,
      ...commit,
      ...condition,
    };
  },
};
