/** `/cancel`: ends the epic. */
import { isRefusal } from '../epic/refusal.ts';
import { reasonOf } from './reasoned.ts';
import type { SlashCommand } from './slash-command.ts';

/** The record of `/cancel`. */
export const cancel: SlashCommand = {
  name: 'cancel',
  aliases: [],
  usage: '/cancel <reason>',
  who: "override roles, the epic's author",
  summary: 'Ends the epic; its checks say so.',
  examples: ['/cancel we build something else instead'],
  meaning: (argument) => {
    const reason = reasonOf(argument, '/cancel we build something else instead');
    return isRefusal(reason) ? reason : { type: 'Cancel', ...reason, gone: false };
  },
};
