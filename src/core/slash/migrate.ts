/** `/migrate`: what the workflow file would change by now, and taking it. */
import { refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';

const digest = /^[0-9a-f]{12,64}$/i;

/** The record of `/migrate`. */
export const migrate: SlashCommand = {
  name: 'migrate',
  aliases: [],
  usage: '/migrate [digest]',
  who: "override roles, the epic's author",
  summary:
    'Answers what the workflow file, as it is now, would change; with the digest from that answer, it is done.',
  examples: ['/migrate', '/migrate 4f2a91c0aa17bd03'],
  meaning: (argument) => {
    if (argument === '') return { type: 'MigrateTo' };
    return digest.test(argument)
      ? { type: 'MigrateTo', shown: argument.toLowerCase() }
      : refuse('not-a-digest', 'After `/migrate` stands the digest from its answer, and nothing else.', {
          next: '`/migrate` alone shows what would change, and the digest',
        });
  },
};
