/** `.github/gatehouse.yml`: who holds which role, and the rules of the repository (contract §2). */
import type { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';
import type { Finding, Path } from './finding.ts';
import { lockFindings } from './locks.ts';
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
  /** What a file says that does not hold, in sentences with their place; absent where there is nothing of the kind. */
  readonly notes?: readonly string[];
}

/** What holds without a file, and with an empty one. */
export const emptyConfiguration: Configuration = { roles: [], policy: standardPolicy };

type ParsedConfiguration =
  | { readonly configuration: Configuration }
  | { readonly problems: readonly Problem[] };

/** A file as it is written, nothing filled in, and how a finding about it gets its place. */
export interface WrittenConfiguration {
  readonly content: Content;
  readonly place: YamlText['place'];
}

/** Reads gatehouse.yml as it is written, or lists every problem of it at once. Never throws. */
export function readConfigurationFile(
  source: string,
  file: string,
): WrittenConfiguration | { readonly problems: readonly Problem[] } {
  return readYaml(source, file, readRoot);
}

/** Reads gatehouse.yml, or lists every problem of it at once. `file` is only for the problems. Never throws. */
export function parseConfiguration(source: string, file: string): ParsedConfiguration {
  const read = readConfigurationFile(source, file);
  return 'problems' in read ? read : { configuration: configurationOf(read.content) };
}

function readRoot(text: YamlText): WrittenConfiguration | { readonly problems: readonly Problem[] } {
  const value = text.root.value ?? {};
  const parsed = configurationSchema.safeParse(value);
  const findings = [
    ...shapeFindings(parsed.error?.issues ?? [], { value, at: [], knownAt }),
    ...(parsed.success ? overriderFindings(parsed.data) : []),
    ...(parsed.success ? lockFindings(parsed.data) : []),
  ];
  const problems = report(text, findings);
  if (problems.length > 0 || !parsed.success) return { problems };
  return { content: parsed.data, place: text.place };
}

/** Content with the defaults filled in. */
export function configurationOf({ roles, policy }: Pick<Content, 'roles' | 'policy'>): Configuration {
  return {
    roles: Object.entries(roles ?? {}).map(([role, names]) => ({ role, members: readMembers(names ?? []) })),
    policy: policyOf(policy ?? {}),
  };
}

/** Everything a file may say; what is absent or null is not said. */
export type Content = z.infer<typeof configurationSchema>;

const policyFields = configurationSchema.shape.policy.unwrap().unwrap().shape;
const knownAt = (path: Path): readonly string[] =>
  path[0] === 'policy' ? Object.keys(policyFields) : Object.keys(configurationSchema.shape);

/** An override role that nobody can hold would lock its commands away without a word; a file laid over another is held to both. */
export function overriderFindings({ roles, policy, extends: over }: Content): readonly Finding[] {
  if (over != null) return [];
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
  };
}
