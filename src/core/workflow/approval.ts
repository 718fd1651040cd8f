/** `approval:` of a stage: how its gate is judged beyond "one approval per role". */
import { z } from 'zod';
import { type Criteria, criteriaSchema, readCriteria } from './criteria.ts';
import type { Role } from './definition.ts';
import { durationSchema } from './duration.ts';
import { names } from './names.ts';

/** Which kind of decision a gate is (requirements G-02 to G-06). */
export type GateClass = 'concept' | 'design' | 'code' | 'qa' | 'production';

/**
 * Who must consent. A name is a role, or a person written `@login`. `n` of a list may be any of them; lists hold at least
 * one name.
 */
export type Requirement =
  | string
  | { readonly all: readonly Requirement[] }
  | { readonly any: readonly Requirement[] }
  | { readonly n: number; readonly of: readonly Requirement[] };

/** How a gate is judged; everything absent is the plain gate of contract §3. */
export interface ApprovalRules extends Criteria {
  readonly class?: GateClass;
  /** Neither a timer nor /skip ever passes it (production: always). */
  readonly explicitOnly?: boolean;
  readonly require?: Requirement;
  /** Milliseconds an approval counts. */
  readonly validFor?: number;
  /** Roles that may stop the gate without being asked to pass it; their no outlives a new submission. */
  readonly veto?: readonly Role[];
}

const mostNames = 12;
const deepest = 4;

const consent = z
  .string()
  .regex(
    /^(?:@[A-Za-z0-9][A-Za-z0-9_-]{0,38}|[A-Za-z0-9][A-Za-z0-9_-]{0,44})$/,
    'a role, or a person as `"@login"`',
  );

const requirement: z.ZodType<Requirement> = z.lazy(() => {
  const list = z.array(requirement).min(1, 'at least one name');
  return z.union([
    consent,
    z.strictObject({ all: list }),
    z.strictObject({ any: list }),
    z.strictObject({ n: z.number().int().min(1, 'at least 1'), of: list }),
  ]);
});

/** Every name in a requirement, in order, each once. */
export const namesIn = (required: Requirement): readonly string[] => {
  if (typeof required === 'string') return [required];
  const parts = 'all' in required ? required.all : 'any' in required ? required.any : required.of;
  return [...new Set(parts.flatMap(namesIn))];
};

const depthOf = (required: Requirement): number => {
  if (typeof required === 'string') return 0;
  const parts = 'all' in required ? required.all : 'any' in required ? required.any : required.of;
  return 1 + Math.max(...parts.map(depthOf));
};

const enough = (required: Requirement): boolean => {
  if (typeof required === 'string') return true;
  if ('n' in required) return required.n <= required.of.length && required.of.every(enough);
  return ('all' in required ? required.all : required.any).every(enough);
};

const quorum = z.union([z.enum(['all', 'any']), z.number().int().min(1, 'at least 1'), requirement]);

/** See `ApprovalRules`. */
export const approvalSchema = z
  .strictObject({
    class: z
      .enum(['concept', 'design', 'code', 'qa', 'production'])
      .nullish()
      .meta({ description: 'Which kind of decision this is; `production` is always explicit.' }),
    explicit_only: z
      .boolean()
      .nullish()
      .meta({ description: 'true: neither a timer nor /skip ever passes this gate.' }),
    require: quorum.nullish().meta({
      description:
        'How many of the approvers: `all` (the standard), `any`, a number, or who exactly: names joined by `all`, `any`, `n` with `of`.',
      examples: ['any', 2, { all: ['QA_LEAD', { any: ['VP_PRODUCT', '@octo-em'] }] }],
    }),
    valid_for: durationSchema
      .nullish()
      .meta({ description: 'How long an approval counts; then it is asked for again.', examples: ['7d'] }),
    veto: z
      .array(names.role)
      .max(20, 'at most 20')
      .nullish()
      .meta({
        description:
          'Roles that may raise concerns and reject; what they reject stays stopped until they or an overrider say otherwise.',
        examples: [['SECURITY']],
      }),
    ...criteriaSchema,
  })
  .nullish()
  .meta({ id: 'approval', title: 'Approval', description: 'How the gate is judged.' });

type Given = NonNullable<z.output<typeof approvalSchema>>;

/** `all`, `any`, a number or a tree → the tree; undefined is the plain "one approval per role". */
const requirementOf = (given: Given['require'], approvers: readonly Role[]): Requirement | undefined => {
  if (given == null || given === 'all') return undefined;
  if (given === 'any') return { any: approvers };
  return typeof given === 'number' ? { n: given, of: approvers } : given;
};

/** What is wrong with a requirement beyond its shape, in words; undefined where nothing is. */
export const requirementProblem = (
  given: Given['require'],
  approvers: readonly Role[],
): string | undefined => {
  const tree = requirementOf(given, approvers);
  if (tree === undefined) return undefined;
  if (!enough(tree)) return 'asks for more approvals than it names';
  if (depthOf(tree) > deepest) return `is nested more than ${deepest} deep`;
  return namesIn(tree).length > mostNames ? `names more than ${mostNames}` : undefined;
};

/** As it is written → as it is kept; undefined where nothing was written. */
export const readApproval = (
  given: z.output<typeof approvalSchema>,
  approvers: readonly Role[],
): ApprovalRules | undefined => {
  if (given == null) return undefined;
  const tree = requirementOf(given.require, approvers);
  const explicit = given.explicit_only ?? given.class === 'production';
  return {
    ...(given.class != null && { class: given.class }),
    ...(explicit && { explicitOnly: true }),
    ...(tree !== undefined && { require: tree }),
    ...(given.valid_for != null && { validFor: given.valid_for }),
    ...(given.veto != null && given.veto.length > 0 && { veto: given.veto }),
    ...readCriteria(given),
  };
};
