/** `/approve`: one approval at a stage's gate, for a named commit where there is one. */
import type { SlashCommand } from './slash-command.ts';
import { splitStage } from './stage-argument.ts';

const commitFirst = /^([0-9a-f]{7,40})(?:\s+([\s\S]*))?$/i;

/** A leading word of 7 to 40 hex digits is the commit; the rest is the note. */
const commitAndNote = (text: string): { readonly commit?: string; readonly note: string } => {
  const [, commit, note = ''] = commitFirst.exec(text) ?? [];
  return commit === undefined ? { note: text } : { commit: commit.toLowerCase(), note };
};

/** The record of `/approve`. */
export const approve: SlashCommand = {
  name: 'approve',
  aliases: [],
  usage: '/approve [stage] [commit] [note]',
  who: 'an approver role of the gate',
  summary: 'Counts as one approval, for the commit named or the head last shown by the check.',
  examples: ['/approve', '/approve 4f2a91c', '/approve 2_design 4f2a91c looks right'],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    return {
      type: 'Approve',
      on: context.on,
      ...named,
      commentId: context.commentId,
      ...commitAndNote(rest),
    };
  },
};
