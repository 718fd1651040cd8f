/** The JSON Schemas for editors (draft-07, which yaml-language-server reads), made from the zod schemas. */
import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';
import { workflowSchema } from './schema.ts';

const draft = { target: 'draft-7', io: 'input' } as const;

/** For workflow files: the stage dialect where `stages` or `name` stands at the root, else the keyed one. */
export function workflowJsonSchema() {
  const { definitions } = z.toJSONSchema(z.object(workflowSchema), draft);
  const dialect = (id: string) => ({ $ref: `#/definitions/${id}` });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Gatehouse workflow',
    type: 'object',
    if: { anyOf: [{ required: ['stages'] }, { required: ['name'] }] },
    // biome-ignore lint/suspicious/noThenProperty: the word belongs to JSON Schema; nobody awaits this
    then: dialect('workflow'),
    else: {
      properties: { workflow_metadata: dialect('workflow_metadata') },
      // biome-ignore lint/suspicious/noThenProperty: the word belongs to JSON Schema; nobody awaits this
      additionalProperties: { if: { type: 'object', required: ['stages'] }, then: dialect('keyed_workflow') },
    },
    definitions,
  };
}

/** For `.github/gatehouse.yml`. */
export function configurationJsonSchema() {
  return z.toJSONSchema(configurationSchema, draft);
}
