/** The JSON Schemas for editors (draft-07, which yaml-language-server reads), made from the zod schemas. */
import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';
import { workflowSchema } from './schema.ts';
import { stepSchema } from './step-schema.ts';

const draft = { target: 'draft-7', io: 'input' } as const;

/** For workflow files: steps where `steps` stands at the root, the stage dialect where `stages` or `name` does, else the keyed one. */
export function workflowJsonSchema() {
  const { definitions } = z.toJSONSchema(z.object({ ...workflowSchema, steps: stepSchema.steps }), draft);
  const dialect = (id: string) => ({ $ref: `#/definitions/${id}` });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Gatehouse workflow',
    type: 'object',
    if: { required: ['steps'] },
    // biome-ignore lint/suspicious/noThenProperty: the word belongs to JSON Schema; nobody awaits this
    then: dialect('steps_workflow'),
    else: {
      if: { anyOf: [{ required: ['stages'] }, { required: ['name'] }] },
      // biome-ignore lint/suspicious/noThenProperty: the word belongs to JSON Schema; nobody awaits this
      then: dialect('workflow'),
      else: {
        properties: { workflow_metadata: dialect('workflow_metadata') },
        additionalProperties: {
          if: { type: 'object', required: ['stages'] },
          // biome-ignore lint/suspicious/noThenProperty: the word belongs to JSON Schema; nobody awaits this
          then: dialect('keyed_workflow'),
        },
      },
    },
    definitions,
  };
}

/** For `.github/gatehouse.yml`. */
export function configurationJsonSchema() {
  return z.toJSONSchema(configurationSchema, draft);
}
