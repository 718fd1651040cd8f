/** `paths` of a gate: which files each role judges, as patterns that cost no more than they are long (threats T56). */
import { z } from 'zod';
import type { Role } from './definition.ts';
import { names } from './names.ts';

const pattern = z
  .string()
  .min(1, 'a path that is not empty')
  .max(200, 'at most 200 characters')
  .regex(
    /^(?!\/)(?!!)[^\p{Cc}\p{Bidi_Control}\\]+$/u,
    'a path from the root of the repository: `docs/**`, `src/*.ts`, `LICENSE`',
  );

/** Role → the files it judges. */
export const pathsSchema = z
  .record(names.role, z.array(pattern).min(1, 'at least one').max(50, 'at most 50'))
  .nullish()
  .meta({
    description:
      'Role → the files it judges: a push that changes none of them keeps what the role approved. A role that is not named judges all.',
    examples: [{ SECURITY: ['src/auth/**'] }],
  });

/** Wildcards of two sorts, matched with one step back at most: `any` stands for any run of what `same` compares. */
const fits = <T>(
  wanted: readonly T[],
  given: readonly string[],
  any: (one: T) => boolean,
  same: (one: T, other: string) => boolean,
): boolean => {
  let [at, in_, star, mark] = [0, 0, -1, 0];
  while (in_ < given.length) {
    const one = wanted[at];
    if (one !== undefined && any(one)) {
      star = at;
      mark = in_;
      at += 1;
    } else if (one !== undefined && same(one, given[in_] ?? '')) {
      at += 1;
      in_ += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      in_ = mark;
    } else return false;
  }
  return wanted.slice(at).every(any);
};

const segmentFits = (wanted: string, given: string): boolean =>
  fits(
    [...wanted],
    [...given],
    (one) => one === '*',
    (one, other) => one === '?' || one === other,
  );

/** Whether a file's path is one the pattern means: `**` any folders, `*` and `?` within a name, `docs/` all below it. Case counts. */
export const pathFits = (wanted: string, path: string): boolean =>
  fits(
    (wanted.endsWith('/') ? `${wanted}**` : wanted).split('/'),
    path.split('/'),
    (one) => one === '**',
    segmentFits,
  );

/** The patterns of a role; undefined where it judges every file. */
export const patternsOf = (
  paths: Readonly<Record<Role, readonly string[]>> | undefined,
  role: Role,
): readonly string[] | undefined =>
  paths !== undefined && Object.hasOwn(paths, role) ? paths[role] : undefined;
