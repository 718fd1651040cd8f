/** `.github/gatehouse.yml`: who holds which role, and the rules of the repository (contract §2). */
import type { z } from 'zod';
import { breakGlassSchema, readBreakGlass } from './break-glass.ts';
import { configurationSchema } from './configuration-schema.ts';
import type { Finding, Path } from './finding.ts';
import { type RoleEntry, readMembers } from './member.ts';
import { readOfficeHours } from './office-hours.ts';
import { type Policy, standardPolicy } from './policy.ts';
import type { Problem } from './problem.ts';
import { didYouMean, oneOf, quote } from './quote.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { report } from './report.ts';
import { shapeFindings } from './shape-findings.ts';

/** What the file says, with the defaults filled in; roles in file order. */
export interface Configuration {
  readonly roles: readonly RoleEntry[];
  readonly policy: Policy;
}

/** What holds without a file, and with an empty one. */
export const emptyConfiguration: Configuration = { roles: [], policy: standardPolicy };

type ParsedConfiguration =
  | { readonly configuration: Configuration }
  | { readonly problems: readonly Problem[] };

/** Reads gatehouse.yml, or lists every problem of it at once. `file` is only for the problems. Never throws. */
export function parseConfiguration(source: string, file: string): ParsedConfiguration {
  return readYaml(source, file, readRoot);
}

function readRoot(text: YamlText): ParsedConfiguration {
  const value = text.root.value ?? {};
  const parsed = configurationSchema.safeParse(value);
  const findings = [
    ...shapeFindings(parsed.error?.issues ?? [], { value, at: [], knownAt }),
    ...(parsed.success ? overriderFindings(parsed.data) : []),
  ];
  const problems = report(text, findings);
  if (problems.length > 0 || !parsed.success) return { problems };
  const roles = Object.entries(parsed.data.roles ?? {}).map(([role, names]) => ({
    role,
    members: readMembers(names ?? []),
  }));
  return { configuration: { roles, policy: policyOf(parsed.data.policy ?? {}) } };
}

type Content = z.infer<typeof configurationSchema>;

const policyFields = configurationSchema.shape.policy.unwrap().unwrap().shape;
const knownAt = (path: Path): readonly string[] =>
  path[1] === 'break_glass'
    ? Object.keys(breakGlassSchema.unwrap().unwrap().shape)
    : path[0] === 'policy'
      ? Object.keys(policyFields)
      : Object.keys(configurationSchema.shape);

/** An override role that nobody can hold would lock its commands away without a word. */
function overriderFindings({ roles, policy }: Content): readonly Finding[] {
  const known = Object.keys(roles ?? {});
  return (policy?.override_roles ?? []).flatMap((role, index): readonly Finding[] => {
    if (known.includes(role)) return [];
    const message = `${quote(role)} is not in \`roles\``;
    const hint = didYouMean(role, known, known.length === 0 ? 'add it there' : `roles: ${oneOf(known)}`);
    return [
      { code: 'unknown-role', message, ...hint, path: ['policy', 'override_roles', index], on: 'value' },
    ];
  });
}

function policyOf(policy: NonNullable<Content['policy']>): Policy {
  const breakGlass = readBreakGlass(policy.break_glass);
  const officeHours = readOfficeHours(policy.office_hours);
  return {
    selfApproval: policy.self_approval ?? standardPolicy.selfApproval,
    distinctApprovers: policy.distinct_approvers ?? standardPolicy.distinctApprovers,
    staleOnPush: policy.stale_on_push ?? standardPolicy.staleOnPush,
    overrideRoles: policy.override_roles ?? standardPolicy.overrideRoles,
    unlinkedPullRequests: policy.unlinked_pull_requests ?? standardPolicy.unlinkedPullRequests,
    closeEpic: policy.close_epic ?? standardPolicy.closeEpic,
    deadlines: policy.deadlines !== 'off',
    ...(officeHours !== undefined && { officeHours }),
    ...(breakGlass !== undefined && { breakGlass }),
  };
}
