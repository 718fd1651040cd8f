/** The shape of `.github/gatehouse.yml` (contract §2), one source for reading it and for its JSON Schema. */
import { z } from 'zod';
import { agentsSchema } from './agents.ts';
import { breakGlassSchema } from './break-glass.ts';
import { delegationsSchema } from './delegation.ts';
import { names } from './names.ts';
import { officeHoursSchema } from './office-hours.ts';
import { reviewersSchema } from './reviewers.ts';
import { wipSchema } from './wip.ts';

const flag = (standard: boolean, description: string) =>
  z.boolean().nullish().meta({ description, default: standard });

const policy = z
  .strictObject({
    self_approval: flag(
      false,
      "true: the claimant, the pull request's author and its committers may approve it.",
    ),
    distinct_approvers: flag(true, 'true: one person fills one approver role of a gate.'),
    stale_on_push: flag(true, 'true: approvals of an older head do not count.'),
    override_roles: z.array(names.role).nullish().meta({
      description: 'The roles that may /skip, /override, /pause, /cancel and /migrate.',
      default: [],
    }),
    unlinked_pull_requests: z.enum(['pass', 'block']).nullish().meta({
      description: '`pass` or `block`: what the check says on a pull request that belongs to no stage.',
      default: 'pass',
    }),
    deadlines: z.enum(['on', 'off']).nullish().meta({
      description:
        'off: no deadline, reminder or expiry of a claim of any workflow runs here. How long an approval is good (`valid_for`) holds all the same.',
      default: 'on',
    }),
    office_hours: officeHoursSchema,
    ...reviewersSchema,
    wip: wipSchema,
    break_glass: breakGlassSchema,
    close_epic: flag(true, 'true: the epic is closed when all its stages are done or skipped.'),
  })
  .nullish()
  .meta({ description: 'The rules of this repository; every key is optional.' });

const members = z
  .array(names.member)
  .nullish()
  .meta({ description: 'Users and teams.', examples: [['octo-em', '@acme/managers']] });

/** Everything gatehouse.yml may hold. */
export const configurationSchema = z
  .strictObject({
    roles: z
      .record(names.role, members)
      .nullish()
      .meta({
        description: 'Role → the users and teams that hold it.',
        examples: [{ ENGINEER: ['@acme/engineers'] }],
      }),
    agents: agentsSchema,
    delegations: delegationsSchema,
    policy,
    extends: z.enum(['organization']).nullish().meta({
      description:
        "organization: the same file of the owner's `.github` repository holds here too, and this one is laid over it, role by role and policy by policy.",
    }),
    locked: z
      .array(z.string())
      .max(200, 'at most 200')
      .nullish()
      .meta({
        description:
          "In the owner's `.github` repository: what no repository that goes by this file may set otherwise. `policy`, `roles`, `workflows`, or one of them as `policy.self_approval`, `roles.QA_LEAD`, `workflows.feature`.",
        default: [],
        examples: [['policy.self_approval', 'policy.override_roles', 'roles.QA_LEAD']],
      }),
  })
  .meta({ id: 'configuration', title: 'Gatehouse configuration' });
