/** Writes the JSON Schemas for editors into `workflows/`: `node test/update-schemas.ts`, after changing a schema. */
import { writeFileSync } from 'node:fs';
import { configurationJsonSchema, workflowJsonSchema } from '../src/core/workflow/json-schema.ts';

/** The committed files, and what they must say. */
export const schemaFiles = {
  'workflows/schema.json': workflowJsonSchema(),
  'workflows/gatehouse.schema.json': configurationJsonSchema(),
};

/** As the files are written: two spaces, a line end at the end. */
export const written = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

if (import.meta.main) {
  for (const [file, schema] of Object.entries(schemaFiles)) {
    writeFileSync(new URL(`../${file}`, import.meta.url), written(schema));
  }
}
