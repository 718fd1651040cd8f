/** What was said about a round that is over does not count for the one that came after it. */
import { type Refusal, refuse } from './refusal.ts';
import { isOfPastRound, roundOf } from './round-of.ts';
import { code } from './say-who.ts';
import type { Stage } from './state.ts';

/** Refuses with `past-round` what was written before the stage's round began, however late it arrives. */
export const requirePresent = (stage: Stage, saidAt: string | undefined): Refusal | undefined =>
  isOfPastRound(stage, saidAt)
    ? refuse(
        'past-round',
        `You wrote that before round ${roundOf(stage)} of ${code(stage.definition.key)} began; it was about the one before.`,
        { next: 'the same command again, once you have seen what this round has brought' },
      )
    : undefined;
