/** A yes that was said before a no, and is heard after it, is not about what came of that no (threats T31, F17). */
import type { Person } from './person.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code } from './say-who.ts';
import type { Stage } from './state.ts';

/** Who said it, and when by GitHub's clock, in whole seconds. */
interface Said {
  readonly by: Person;
  readonly saidAt?: string;
}

/** Whether the stage was sent back since, or whoever said it has vetoed it since and not taken that back. */
export const saidBeforeNo = (stage: Stage, { by, saidAt }: Said): boolean => {
  if (saidAt === undefined) return false;
  const vetoes = (stage.concerns ?? []).filter(
    (one) => one.veto && one.resolved === undefined && one.by.id === by.id,
  );
  const noes = [
    ...(stage.sentBackAt === undefined ? [] : [stage.sentBackAt]),
    ...vetoes.map((one) => one.saidAt ?? one.at),
  ];
  return noes.some((at) => saidAt.slice(0, 19) < at.slice(0, 19));
};

/** Refuses with `past-round` an approval that was written before such a no. */
export const requireAfterNo = (stage: Stage, said: Said): Refusal | undefined =>
  saidBeforeNo(stage, said)
    ? refuse(
        'past-round',
        `You wrote that before ${code(stage.definition.key)} was rejected; it was about what was there before.`,
        { next: 'the same command again, once you have seen what it is now' },
      )
    : undefined;
