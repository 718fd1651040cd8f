/** `policy.wip` of gatehouse.yml: how much may be in progress at once in this repository. */
import { z } from 'zod';
import type { Role } from './definition.ts';
import type { Finding } from './finding.ts';
import { names } from './names.ts';
import { didYouMean, oneOf, quote } from './quote.ts';

/** Limits of claimed stages that are in progress: per person, and per role of the stages. */
export interface WorkInProgress {
  readonly person?: number;
  readonly roles: Readonly<Record<Role, number>>;
}

const limit = () =>
  z
    .int()
    .refine((count) => count >= 1 && count <= 1_000, 'a whole number from 1 to 1000')
    .meta({ minimum: 1, maximum: 1_000 });

/** What the file may say. */
export const wipSchema = z
  .strictObject({
    person: limit().nullish().meta({ description: 'How many stages one person may have in progress.' }),
    roles: z
      .record(names.role, limit())
      .nullish()
      .meta({
        description: 'Role → how many stages of this role may be in progress together.',
        examples: [{ ENGINEER: 5 }],
      }),
  })
  .nullish()
  .meta({
    description: 'Work-in-progress limits: /claim beyond them is refused. Counted over this repository.',
    examples: [{ person: 3, roles: { ENGINEER: 5 } }],
  });

type Given = z.output<typeof wipSchema>;

/** As it is written → as it is kept. */
export const readWip = (given: Given): WorkInProgress | undefined =>
  given == null
    ? undefined
    : { ...(given.person != null && { person: given.person }), roles: given.roles ?? {} };

/** A limit of a role that nobody wrote down would hold nobody back. */
export const wipFindings = (known: readonly Role[], given: Given): readonly Finding[] =>
  Object.keys(given?.roles ?? {})
    .filter((role) => !known.includes(role))
    .map((role) => ({
      code: 'unknown-role',
      message: `${quote(role)} is not in \`roles\``,
      ...didYouMean(role, known, known.length === 0 ? 'add it there' : `roles: ${oneOf(known)}`),
      path: ['policy', 'wip', 'roles', role],
      on: 'key',
    }));
