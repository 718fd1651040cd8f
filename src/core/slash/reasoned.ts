/** The reading that `/reject`, `/block`, `/skip`, `/override` share: an optional stage, then a reason that must be there. */
import { isRefusal, type Refusal, refuse } from '../epic/refusal.ts';
import type { Context } from './slash-command.ts';
import { type StageArgument, splitStage } from './stage-argument.ts';

/** The reason as written, or the refusal `reason-needed` with an example to copy. */
export const reasonOf = (text: string, example: string): { readonly reason: string } | Refusal =>
  text === ''
    ? refuse('reason-needed', 'A reason is needed, so that everybody can read later why.', {
        next: `\`${example}\``,
      })
    : { reason: text };

/** Stage and reason of one command, or `reason-needed`. */
export const stageAndReason = (
  argument: string,
  context: Context,
  example: string,
): (StageArgument['named'] & { readonly on: Context['on']; readonly reason: string }) | Refusal => {
  const { named, rest } = splitStage(argument, context);
  const reason = reasonOf(rest, example);
  return isRefusal(reason) ? reason : { on: context.on, ...named, ...reason };
};
