/** `/claim`: takes a ready stage. */
import { isRefusal } from '../epic/refusal.ts';
import { reasonOf } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';
import { onlyStage } from './stage-argument.ts';

const beyond = /^([\s\S]*?)(?:^|\s)--over(?:\s+([\s\S]*))?$/;

/** The record of `/claim`. */
export const claim: SlashCommand = {
  name: 'claim',
  aliases: [],
  usage: '/claim [stage]',
  who: "the stage's role",
  summary: 'Takes a ready stage: you become its claimant and assignee.',
  examples: ['/claim', '/claim 2_design', '/claim --over the release waits for it'],
  meaning: (argument, context) => {
    const [, before, why] = beyond.exec(argument) ?? [undefined, undefined, undefined];
    const named = onlyStage('claim', before ?? argument, context);
    if (isRefusal(named)) return named;
    if (before === undefined) return { type: 'Claim', on: context.on, ...named };
    const reason = reasonOf((why ?? '').trim(), '/claim --over the release waits for it');
    return isRefusal(reason) ? reason : { type: 'Claim', on: context.on, ...named, over: reason.reason };
  },
};
