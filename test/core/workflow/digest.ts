/** What came out of a file, in few lines: the expected part of the golden files. */
import type { Configuration } from '../../../src/core/workflow/configuration.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { writeDuration } from '../../../src/core/workflow/duration.ts';

const listed = (label: string, texts: readonly string[]): string[] =>
  texts.length === 0 ? [] : [`${label}: ${texts.join(' | ')}`];
const given = (label: string, text: string | undefined): string[] =>
  text === undefined ? [] : [`${label}: ${JSON.stringify(text)}`];

/** Everything a definition holds; what is absent or empty has no line. */
export function digest(workflow: WorkflowDefinition): string {
  const { metadata: about } = workflow;
  return [
    `workflow ${workflow.name}, version ${workflow.version}`,
    ...listed('description', workflow.description === '' ? [] : [workflow.description]),
    ...listed('participants', about.participants),
    ...given('context', about.context),
    ...given('typical duration', about.typicalDuration),
    ...listed('success', about.successCriteria),
    ...listed(
      'priorities',
      about.priorityLevels.map(({ level, policy }) => `${level} = ${policy}`),
    ),
    ...listed('critical path', about.criticalPath),
    ...listed('failures', about.failureModes),
    ...about.extra.map(({ name, value }) => `extra ${name}: ${JSON.stringify(value)}`),
    ...workflow.stages.flatMap(stageDigest),
  ].join('\n');
}

function gateRules({ gate }: StageDefinition): string[] {
  if (gate === undefined) return [];
  const { name: _, approvers: __, ...rules } = gate;
  return Object.keys(rules).length === 0 ? [] : [`  rules: ${JSON.stringify(rules)}`];
}

function stageDigest(stage: StageDefinition): string[] {
  const after = stage.dependsOn.length === 0 ? '' : ` after ${stage.dependsOn.join(' and ')}`;
  return [
    `stage ${stage.key}: ${stage.role} does ${stage.action}${after}`,
    ...given('  output', stage.output),
    ...listed('  deliverables', stage.deliverables),
    ...(stage.gate === undefined ? [] : [`  gate ${stage.gate.name}: ${stage.gate.approvers.join(' and ')}`]),
    ...gateRules(stage),
    ...listed('  apart from', stage.distinctFrom ?? []),
    ...(stage.due === undefined ? [] : [`  due after ${writeDuration(stage.due)}`]),
    ...(stage.claimExpires === undefined
      ? []
      : [`  claim expires after ${writeDuration(stage.claimExpires)}`]),
    ...given('  notes', stage.notes),
  ];
}

/** Roles with their holders, then the policy. */
export function configurationDigest({ roles, policy, delegations = [], agents = [] }: Configuration): string {
  const holders = roles.map(({ role, members }) => {
    const shown = members.map((one) =>
      one.kind === 'user' ? `user ${one.login}` : `team ${one.org} ${one.slug}`,
    );
    return `${role}: ${shown.join(', ') || 'nobody'}`;
  });
  return [
    ...holders,
    ...delegations.map(
      ({ from, to, roles: which, after, before, timeZone, reason }) =>
        `${to} for ${from} as ${which.join(', ')} from ${after} until ${before} in ${timeZone}: ${reason}`,
    ),
    ...agents.map((one) => `agent ${one.login} of ${one.principal ?? 'nobody'}`),
    ...Object.entries(policy).map(([rule, value]) => `${rule} = ${JSON.stringify(value)}`),
  ].join('\n');
}
