/** Holds what the stand-in answers and sends against GitHub's published OpenAPI description. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { excused } from './deviations.ts';
import type { Shape } from './hub.ts';
import { isShape } from './request.ts';

const FILE = '@octokit/openapi/generated/api.github.com.json';
const ROOT = 'https://github.example/';
const REF = '#/components/';

let description: Shape | undefined;
let ajv: Ajv | undefined;
const compiled = new Map<string, ValidateFunction | null>();
const added = new Set<string>();

function whole(): Shape {
  description ??= JSON.parse(readFileSync(createRequire(import.meta.url).resolve(FILE), 'utf8')) as Shape;
  return description;
}

function validator(): Ajv {
  if (ajv !== undefined) return ajv;
  ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  for (const name of [
    'int64',
    'int32',
    'double',
    'timestamp',
    'uri-template',
    'email',
    'repo.nwo',
    'ssh-key',
    'binary',
    'float',
    'hostname',
    'idn-email',
  ]) {
    ajv.addFormat(name, true);
  }
  return ajv;
}

/** Follows a path of keys; `$ref`s on the way are followed too. */
function at(from: unknown, ...keys: readonly string[]): unknown {
  let here = from;
  for (const key of keys) {
    here = isShape(here) ? here[key] : undefined;
    if (isShape(here) && typeof here['$ref'] === 'string')
      here = at(whole(), ...here['$ref'].slice(2).split('/'));
  }
  return here;
}

// OpenAPI 3.0 says `nullable`, JSON Schema does not know it: such a schema becomes "it or null".
function fixed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(fixed);
  if (!isShape(schema)) return schema;
  if (typeof schema['$ref'] === 'string') return { $ref: component(schema['$ref']) };
  const { nullable, ...rest } = schema;
  const plain = Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => key !== 'example' && key !== 'examples' && key !== 'discriminator')
      .map(([key, value]) => [key, key === 'enum' || key === 'required' ? value : fixed(value)]),
  );
  // `nullable` is also a property name somewhere: only the boolean is the keyword.
  if (typeof nullable !== 'boolean')
    return nullable === undefined ? plain : { ...plain, nullable: fixed(nullable) };
  return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

function component(ref: string): string {
  const name = ref.slice(REF.length);
  const id = ROOT + name;
  if (added.has(id)) return id;
  added.add(id);
  const schema = fixed(at(whole(), 'components', ...name.split('/')));
  validator().addSchema(isShape(schema) ? schema : {}, id);
  return id;
}

function compile(key: string, find: () => unknown): ValidateFunction | null {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const schema = find();
  const ready = fixed(schema);
  const check = isShape(ready) ? validator().compile(ready) : null;
  compiled.set(key, check);
  return check;
}

function verdict(what: string, check: ValidateFunction | null, value: unknown): string[] {
  if (check === null || check(value)) return [];
  const wrong = (check.errors ?? []).map(
    (error) => `${what} ${error.instancePath || '/'} ${error.message ?? 'is wrong'}`,
  );
  return wrong.filter((line) => !excused(line));
}

/** The operation for a route's template; parameter names need not agree. */
function operation(method: string, template: string): unknown {
  const shape = template.replace(/\{\w+\}/g, '{}');
  const paths = at(whole(), 'paths');
  if (!isShape(paths)) return undefined;
  const path =
    template in paths ? template : Object.keys(paths).find((one) => one.replace(/\{\w+\}/g, '{}') === shape);
  return path === undefined ? undefined : at(paths, path, method.toLowerCase());
}

const operations = new Map<string, unknown>();

function operationOf(method: string, template: string): unknown {
  const key = `${method} ${template}`;
  if (!operations.has(key)) operations.set(key, operation(method, template));
  return operations.get(key);
}

/** What is wrong with an answer, one line each: unknown operation, undocumented success, or a wrong body. */
export function checkAnswer(method: string, template: string, status: number, body: unknown): string[] {
  const what = `${method} ${template} ${status}`;
  const found = operationOf(method, template);
  if (found === undefined)
    return excused(`${what} is no published operation`) ? [] : [`${what} is no published operation`];
  const response = at(found, 'responses', String(status));
  if (status >= 400 || status === 301) {
    const basic = compile('error', () => ({
      type: 'object',
      required: ['message'],
      properties: { message: { type: 'string' } },
    }));
    return verdict(what, basic, status === 301 ? { message: '', ...(isShape(body) ? body : {}) } : body);
  }
  if (response === undefined)
    return excused(`${what} is not documented`) ? [] : [`${what} is not documented`];
  const content = at(response, 'content');
  if (content === undefined) return body === undefined ? [] : [`${what} should have no body`];
  return verdict(
    what,
    compile(what, () => at(content, 'application/json', 'schema')),
    body,
  );
}

/** What is wrong with a request body. */
export function checkRequest(method: string, template: string, body: unknown): string[] {
  if (body === undefined) return [];
  const what = `${method} ${template} request`;
  const find = () =>
    at(operationOf(method, template), 'requestBody', 'content', 'application/json', 'schema');
  return verdict(what, compile(what, find), body);
}

/** What is wrong with a webhook's payload. */
export function checkWebhook(event: string, action: string | null, payload: unknown): string[] {
  const name = (action === null ? event : `${event}-${action}`).replaceAll('_', '-');
  const found = at(whole(), 'x-webhooks', name, 'post');
  if (found === undefined)
    return excused(`webhook ${name} is not published`) ? [] : [`webhook ${name} is not published`];
  const check = compile(`webhook ${name}`, () =>
    at(found, 'requestBody', 'content', 'application/json', 'schema'),
  );
  return verdict(`webhook ${name}`, check, payload);
}
