/** The shape of workflow files, one source for reading them and for the JSON Schema that editors use. */
import { z } from 'zod';
import { approvalSchema } from './approval.ts';
import type { Json } from './definition.ts';
import { durationSchema } from './duration.ts';
import { line, names, prose } from './names.ts';
import { timeoutsSchema } from './timeouts.ts';

/** Any value a file may carry along. */
export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const lines = (description: string, examples: string[]) =>
  z
    .array(line(500))
    .max(50, 'at most 50 items')
    .nullish()
    .meta({ description, examples: [examples] });
const numberOrLine = (most: number) => z.union([line(most), z.number()]);

const dependencies = z
  .array(names.stage)
  .nullish()
  .meta({
    description: 'The stages that must be done or skipped before this one can be claimed. At most 50.',
    examples: [['1_define']],
    maxItems: 50,
    uniqueItems: true,
  });

const stage = z
  .strictObject({
    stage: names.stage.meta({
      description: 'The key of the stage: unique in the file, typed in commands.',
      examples: ['1_define'],
    }),
    role: names.role.meta({
      description: 'Who may claim the stage; a name from `roles:` in gatehouse.yml.',
      examples: ['ENGINEER'],
    }),
    action: line(100).meta({
      description: "What is done, in the stage issue's title.",
      examples: ['write_prd'],
    }),
    output: line(500).nullish().meta({ description: 'What the stage leaves behind, in one line.' }),
    deliverables: z
      .array(line(500))
      .max(50, 'at most 50 items')
      .nullish()
      .meta({ description: 'The parts of the output; the task list of the stage issue; at most 50.' }),
    depends_on: dependencies,
    dependencies: dependencies.meta({ description: 'Another word for `depends_on`; use one of the two.' }),
    approval_gate: line(100)
      .optional()
      .meta({
        description: 'The gate that must be passed before the stage is done. Needs `approvers`.',
        examples: ['code_review'],
      }),
    approvers: z
      .array(names.role)
      .nullish()
      .meta({
        description: 'The roles that pass the gate: one approval from each, in any order.',
        examples: [['ENGINEERING_MANAGER']],
        uniqueItems: true,
      }),
    approval: approvalSchema,
    timeouts: timeoutsSchema,
    distinct_from: z
      .array(names.stage)
      .max(20, 'at most 20')
      .nullish()
      .meta({
        description: 'Whoever claimed or wrote these stages may neither claim nor approve this one.',
        examples: [['3_implement']],
      }),
    due: durationSchema
      .nullish()
      .meta({ description: 'How long from ready until done; then people are told.', examples: ['5d'] }),
    claim_expires: durationSchema.nullish().meta({
      description: 'How long a claim may show no sign of life; nudged at half of it, given back at the end.',
      examples: ['3d'],
    }),
    notes: prose(10_000).nullish().meta({ description: 'Guidance for whoever does the stage; Markdown.' }),
  })
  .meta({ id: 'stage', title: 'Stage', dependencies: { approval_gate: ['approvers'] } });

/** What every dialect says at its beginning. */
export const heading = {
  version: numberOrLine(40)
    .nullish()
    .meta({ description: 'The version of the workflow, "1" if left out.', examples: ['1'] }),
  description: prose(2_000).nullish().meta({ description: 'What the workflow is for.' }),
  participants: lines('Who takes part, for people to read.', ['Product Manager (PM)']),
  context: prose(5_000).nullish().meta({ description: 'What one should know before starting.' }),
};

/** `workflow_metadata`: known keys, and blocks of any name and shape that are carried along. */
export const metadataSchema = z
  .object({
    ...heading,
    typical_duration: numberOrLine(100)
      .nullish()
      .meta({ description: 'How long it usually takes.', examples: ['2-4 weeks'] }),
    success_criteria: lines('What is true when the epic has succeeded.', ['All tests passing']),
    priority_levels: z
      .record(line(50), numberOrLine(500))
      .nullish()
      .meta({ description: 'Level → what it means.', examples: [{ high: 'same day' }] }),
    critical_path: lines('Which stages take longest, and why.', ['Stage 5 waits for data']),
    failure_modes: lines('What goes wrong most often.', ['Tests are flaky']),
  })
  .catchall(json)
  .nullish()
  .meta({
    id: 'workflow_metadata',
    title: 'Workflow metadata',
    description: 'What the workflow says about itself; shown, never decisive.',
  });

const body = {
  ...heading,
  workflow_metadata: metadataSchema,
  stages: z.array(stage).meta({
    description:
      'The parts of the workflow, at most 100. Stages without dependencies on each other run side by side.',
    minItems: 1,
    maxItems: 100,
  }),
};

/** The two shapes of a file: everything at the root, or keyed by the workflow's name. */
export const workflowSchema = {
  stages: z
    .strictObject({
      name: names.workflow.meta({
        description: 'The label `workflow:<name>` starts it.',
        examples: ['feature'],
      }),
      ...body,
    })
    .meta({ id: 'workflow', title: 'Workflow' }),
  keyed: z.strictObject(body).meta({ id: 'keyed_workflow', title: 'Workflow keyed by its name' }),
};
