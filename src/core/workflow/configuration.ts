/** `.github/gatehouse.yml`: who holds which role, and the rules of the repository (contract §2). */
import type { z } from 'zod';
import { type AgentEntry, agentFindings, readAgents } from './agents.ts';
import { breakGlassSchema, readBreakGlass } from './break-glass.ts';
import { configurationSchema } from './configuration-schema.ts';
import { type Delegation, readDelegations } from './delegation.ts';
import { delegationFindings } from './delegation-findings.ts';
import type { Finding, Path } from './finding.ts';
import { lockFindings } from './locks.ts';
import { type RoleEntry, readMembers } from './member.ts';
import { officeHoursSchema, readOfficeHours } from './office-hours.ts';
import { type Policy, standardPolicy } from './policy.ts';
import type { Problem } from './problem.ts';
import { didYouMean, oneOf, quote } from './quote.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { report } from './report.ts';
import { readReviewers } from './reviewers.ts';
import { shapeFindings } from './shape-findings.ts';
import { readWip, wipFindings } from './wip.ts';

/** What the file says, with the defaults filled in; roles in file order. */
export interface Configuration {
  readonly roles: readonly RoleEntry[];
  readonly policy: Policy;
  /** Absences, in file order. */
  readonly delegations?: readonly Delegation[];
  readonly agents?: readonly AgentEntry[];
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
    ...(parsed.success ? ownFindings(parsed.data) : []),
  ];
  const problems = report(text, findings);
  if (problems.length > 0 || !parsed.success) return { problems };
  return { content: parsed.data, place: text.place };
}

/** Content with the defaults filled in. */
export function configurationOf(content: Partial<Content>): Configuration {
  const roles = Object.entries(content.roles ?? {}).map(([role, names]) => ({
    role,
    members: readMembers(names ?? []),
  }));
  const policy = policyOf(content.policy ?? {});
  const zone = policy.officeHours?.timeZone ?? 'UTC';
  const known = roles.map(({ role }) => role);
  const delegations = readDelegations(content.delegations, known, zone);
  const agents = readAgents(content.agents);
  return {
    roles,
    policy,
    ...(delegations.length > 0 && { delegations }),
    ...(agents !== undefined && { agents }),
  };
}

/** Everything a file may say; what is absent or null is not said. */
export type Content = z.infer<typeof configurationSchema>;

const policyFields = configurationSchema.shape.policy.unwrap().unwrap().shape;
const delegationFields = configurationSchema.shape.delegations.unwrap().unwrap().element.shape;

const knownAt = ([root, key, ...deeper]: Path): readonly string[] => {
  if (root === 'agents' && key !== undefined && deeper.length === 0) return ['principal'];
  if (root === 'delegations') return Object.keys(delegationFields);
  if (root !== 'policy') return Object.keys(configurationSchema.shape);
  if (key === 'office_hours') return Object.keys(officeHoursSchema.unwrap().unwrap().shape);
  if (key === 'break_glass') return Object.keys(breakGlassSchema.unwrap().unwrap().shape);
  return key === 'wip' ? ['person', 'roles'] : Object.keys(policyFields);
};

/** A file laid over another is held to what both say together. */
const ownFindings = (content: Content): readonly Finding[] => [
  ...(content.extends == null ? meaningFindings(content) : agentFindings(content.agents)),
  ...lockFindings(content),
];

/** What is well formed and makes no sense: roles nobody holds, absences of nobody, agents of agents. */
export function meaningFindings(content: Content): readonly Finding[] {
  return [
    ...overriderFindings(content),
    ...agentFindings(content.agents),
    ...delegationFindings(content),
    ...wipFindings(Object.keys(content.roles ?? {}), content.policy?.wip),
  ];
}

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
  const reviewers = readReviewers(policy);
  const wip = readWip(policy.wip);
  return {
    selfApproval: policy.self_approval ?? standardPolicy.selfApproval,
    distinctApprovers: policy.distinct_approvers ?? standardPolicy.distinctApprovers,
    staleOnPush: policy.stale_on_push ?? standardPolicy.staleOnPush,
    overrideRoles: policy.override_roles ?? standardPolicy.overrideRoles,
    unlinkedPullRequests: policy.unlinked_pull_requests ?? standardPolicy.unlinkedPullRequests,
    closeEpic: policy.close_epic ?? standardPolicy.closeEpic,
    deadlines: policy.deadlines !== 'off',
    ...(officeHours !== undefined && { officeHours }),
    ...(reviewers !== undefined && { reviewers }),
    ...(wip !== undefined && { wip }),
    ...(breakGlass !== undefined && { breakGlass }),
  };
}
