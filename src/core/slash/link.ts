/** `/link`: says which stage a pull request belongs to. */
import { refuse } from '../epic/refusal.ts';
import type { SlashCommand } from './slash-command.ts';

const issueWord = /^(?:#|https?:\/\/[^\s/]+\/[^\s/]+\/[^\s/]+\/issues\/)?([1-9]\d{0,9})(?:[?#]\S*)?(?:\s|$)/i;

/** The record of `/link`. */
export const link: SlashCommand = {
  name: 'link',
  aliases: [],
  usage: '/link #<issue>',
  who: 'anyone with write access, on a pull request',
  summary: 'Links the pull request to the stage of that issue.',
  examples: ['/link #12', '/link 12', '/link https://github.com/acme/shop/issues/12'],
  meaning: (argument) => {
    const [, issue] = issueWord.exec(argument) ?? [];
    return issue === undefined
      ? refuse('not-a-stage-issue', 'A stage issue is needed: its number or its address.', {
          next: '`/link #12`, with the number of the stage issue',
        })
      : { type: 'LinkTo', issue: Number(issue) };
  },
};
