/** The committed JSON Schemas are those of the code, and agree with the parser about the stock files and the golden files. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationJsonSchema, workflowJsonSchema } from '../../../src/core/workflow/json-schema.ts';
import { schemaFiles, written } from '../../update-schemas.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const ajv = new Ajv({ allErrors: true, strict: false });
const isWorkflow = ajv.compile(workflowJsonSchema());
const isConfiguration = ajv.compile(configurationJsonSchema());

test.each(Object.entries(schemaFiles))(
  '%s is what editors should get; if not, run: node test/update-schemas.ts',
  (file, schema) => {
    expect(read(file)).toBe(written(schema));
  },
);

const stock = readdirSync(new URL('workflows/', root)).filter((name) => name.endsWith('.yml'));

test.each(stock)('an editor shows no complaint in the stock file %s, and finds the schema', (file) => {
  const source = read(`workflows/${file}`);
  expect(source.startsWith('# yaml-language-server: $schema=./schema.json\n')).toBe(true);
  isWorkflow(parse(source));
  expect(isWorkflow.errors).toBe(null);
});

const goldens = readdirSync(new URL('test/workflows/', root));

test.each(goldens.filter((name) => !name.startsWith('error-')))(
  'an editor shows no complaint where the parser has none: %s',
  (name) => {
    const [options = '', input = ''] = read(`test/workflows/${name}`)
      .split(/^---\n/m)
      .filter((part, index) => index === 0 || part !== '');
    const validate = options.includes('configuration') ? isConfiguration : isWorkflow;
    validate(parse(input) ?? {});
    expect(validate.errors).toBe(null);
  },
);

const seen = ['unknown-fields', 'missing-fields', 'wrong-types', 'names', 'no-stages', 'configuration'];

test.each(seen)('an editor underlines already what the parser would refuse: error-%s', (name) => {
  const [options = '', input = ''] = read(`test/workflows/error-${name}.yml`).split(/^---\n/m);
  const validate = options.includes('configuration') ? isConfiguration : isWorkflow;
  expect(validate(parse(input))).toBe(false);
});
