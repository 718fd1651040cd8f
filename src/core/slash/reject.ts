/** `/reject`: sends a stage back to its claimant, or the epic back to an earlier stage. */
import { isRefusal, type Refusal } from '../epic/refusal.ts';
import type { StageKey } from '../workflow/definition.ts';
import { reasonOf, stageAndReason } from './reasoned.ts';
import type { Context, SlashCommand } from './slash-command.ts';
import { leadingStage, splitStage } from './stage-argument.ts';

const example = '/reject the empty state is missing';
const toFirst = /^to:\s*(\S[\s\S]*)$/i;

interface Target {
  readonly to: StageKey;
  readonly reason: string;
}

const targetOf = (text: string, context: Context): Target | Refusal => {
  const words = leadingStage('reject to:', text, context);
  if (isRefusal(words)) return words;
  const reason = reasonOf(words.rest, `/reject to:${words.stage} the empty state is missing`);
  return isRefusal(reason) ? reason : { to: words.stage, ...reason };
};

/** The record of `/reject`. */
export const reject: SlashCommand = {
  name: 'reject',
  aliases: [],
  usage: '/reject [stage] [to:<stage>] <reason>',
  who: 'an approver role of the gate',
  summary:
    'Voids the approvals and sends the stage back to its claimant; `to:` goes back to an earlier stage and voids what rested on it.',
  examples: [
    example,
    '/reject 2_design the empty state is missing',
    '/reject to:1_define the numbers do not add up',
  ],
  meaning: (argument, context) => {
    const { named, rest } = splitStage(argument, context);
    const target = toFirst.exec(rest)?.[1];
    if (target !== undefined) {
      const words = targetOf(target, context);
      return isRefusal(words) ? words : { type: 'Reject', on: context.on, ...named, ...words };
    }
    const words = stageAndReason(argument, context, example);
    return isRefusal(words) ? words : { type: 'Reject', ...words };
  },
};
