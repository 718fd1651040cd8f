/** The shape of files in the step dialect: what its words mean to people who take on the steps (contract §6). */
import { z } from 'zod';
import type { Json } from './definition.ts';
import { readDuration } from './duration.ts';
import { line, names, prose } from './names.ts';
import { heading, json, metadataSchema } from './schema.ts';

const second = 1_000;
const text = (seconds: number): string => `${seconds}s`;

/** A number is seconds, as this dialect has it. */
const timeout = z
  .union([z.string(), z.number()])
  .refine((given) => readDuration(typeof given === 'number' ? text(given) : given) !== undefined, {
    message: 'seconds, or from `2s` to `6w`, for example `600`, `90m` or `3d`',
  })
  .transform((given) => (typeof given === 'number' ? given * second : (readDuration(given) ?? 0)));

const condition = z.union([prose(500), z.boolean()]).nullish();
const anything: z.ZodType<Json | undefined> = json.nullish();
const list = z.array(names.stage).nullish();

const step = z
  .strictObject({
    id: names.stage.meta({ description: 'The key of the stage it becomes.', examples: ['plan'] }),
    action: line(100)
      .nullish()
      .meta({ description: 'What is done; the `name`, or else the `type`, if left out.' }),
    name: line(100).nullish().meta({ description: 'Another word for `action`.' }),
    description: prose(2_000).nullish().meta({ description: 'Guidance for whoever does it.' }),
    type: names.role.meta({ description: 'The kind of step.', examples: ['persona-request'] }),
    persona: names.role.nullish().meta({ description: 'The role that takes it on; the `type` if left out.' }),
    dependencies: list.meta({ description: 'The steps that must be done or skipped first.' }),
    depends_on: list.meta({ description: 'Another word for `dependencies`; use one of the two.' }),
    condition: condition.meta({ description: 'When it applies; shown, people decide and `/skip`.' }),
    when: condition.meta({ description: 'Another word for `condition`; use one of the two.' }),
    timeout: timeout
      .nullish()
      .meta({ description: 'How long until it should be done.', examples: [600, '90m'] }),
    retries: z.int().min(0, 'at least 0').max(100, 'at most 100').nullish(),
    params: anything,
    variables: anything,
    inputs: anything,
    outputs: anything,
    approval_gate: line(100).optional().meta({ description: 'As in a stage.' }),
    approvers: z.array(names.role).nullish().meta({ description: 'As in a stage.' }),
  })
  .meta({ id: 'step', title: 'Step' });

const body = {
  ...heading,
  workflow_metadata: metadataSchema,
  variables: anything,
  inputs: anything,
  outputs: anything,
  steps: z
    .array(step)
    .meta({ description: 'At most 100; each becomes a stage.', minItems: 1, maxItems: 100 }),
};

/** At the root, or keyed by the workflow's name. */
export const stepSchema = {
  steps: z
    .strictObject({ name: names.workflow, ...body })
    .meta({ id: 'steps_workflow', title: 'Workflow of steps' }),
  keyed: z.strictObject(body),
};
