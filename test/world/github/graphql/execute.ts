/** Answers a GraphQL request: read, checked against the types, then carried out field by field. */
import type { Features, Shape } from '../hub.ts';
import { Refused } from '../refusal.ts';
import { isShape } from '../request.ts';
import { mutationTypes } from './mutations.ts';
import { objectTypes } from './objects.ts';
import {
  type Document,
  type Operation,
  ParseError,
  parseDocument,
  type Selection,
  type Value,
} from './parse.ts';
import { queryType } from './queries.ts';
import type { Concrete, Context, Fields } from './schema.ts';
import { checkSelections } from './validate.ts';
import { checkVariables } from './variables.ts';

/** A type's fields as this server has them: those of features it lacks are gone. */
export type Types = (type: string) => Fields | undefined;

const ALL: Record<string, Fields> = { ...objectTypes, ...mutationTypes(), ...queryType(introspect) };
const KINDS: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  410: 'NOT_FOUND',
};
const MAX_DEPTH = 40;
const parsed = new Map<string, Document>();

function typesOf(features: Features): Types {
  return (type) => {
    const known = ALL[type];
    if (known === undefined) return undefined;
    return Object.fromEntries(
      Object.entries(known)
        .filter(([, field]) => field.feature === undefined || features[field.feature])
        .map(([name, field]) => {
          if (features.subIssues || field.input?.['parentIssueId'] === undefined) return [name, field];
          const { parentIssueId: _, ...input } = field.input;
          return [name, { ...field, input }];
        }),
    );
  };
}

const memory = new Map<string, Types>();

function typesFor(features: Features): Types {
  const key = JSON.stringify(features);
  const known = memory.get(key);
  if (known !== undefined) return known;
  const fresh = typesOf(features);
  const cache = new Map<string, Fields | undefined>();
  const types: Types = (type) => {
    if (!cache.has(type)) cache.set(type, fresh(type));
    return cache.get(type);
  };
  memory.set(key, types);
  return types;
}

function introspect(name: string, context: Context): unknown {
  const types = typesFor(context.hub.features);
  const input = /^(\w+)Input$/.exec(name)?.[1];
  if (input !== undefined) {
    const field = types('Mutation')?.[`${input[0]?.toLowerCase()}${input.slice(1)}`];
    return field?.input === undefined ? null : { name, fields: Object.keys(field.input), input: true };
  }
  const known = types(name);
  return known === undefined ? null : { name, fields: Object.keys(known), input: false };
}

type Run = { context: Context; types: Types; document: Document; variables: Shape; errors: Shape[] };

/** The whole answer: `data`, and `errors` where there are any. */
export function answerGraphql(context: Context, body: Shape): Shape {
  const query = body['query'];
  if (typeof query !== 'string')
    return { errors: [{ message: 'A query attribute must be specified and must be a string.' }] };
  try {
    const document = parsed.get(query) ?? parseDocument(query);
    if (parsed.size < 500) parsed.set(query, document);
    const wanted = body['operationName'];
    const operation = document.operations.find((one) => wanted == null || one.name === wanted);
    if (operation === undefined) return { errors: [{ message: 'No operation' }] };
    const types = typesFor(context.hub.features);
    const given = isShape(body['variables']) ? body['variables'] : {};
    const wrong = [
      ...checkSelections(types, document, operation),
      ...checkVariables(types, operation, given),
    ];
    if (wrong.length > 0) return { data: null, errors: wrong };
    const variables = { ...defaults(operation), ...given };
    const run: Run = { context, types, document, variables, errors: [] };
    const data = select(run, operation.type === 'query' ? 'Query' : 'Mutation', {}, operation.selections, []);
    return run.errors.length === 0 ? { data } : { data, errors: run.errors };
  } catch (error) {
    if (error instanceof ParseError) return { errors: [{ message: error.message }] };
    throw error;
  }
}

function defaults(operation: Operation): Shape {
  return Object.fromEntries(
    operation.variables.flatMap((one) =>
      one.otherwise === null ? [] : [[one.name, valueFrom({}, one.otherwise)]],
    ),
  );
}

function valueFrom(variables: Shape, value: Value): unknown {
  if (value.kind === 'variable') return variables[value.name];
  if (value.kind === 'list') return value.items.map((item) => valueFrom(variables, item));
  if (value.kind === 'object') return argsOf(variables, value.fields);
  return value.value;
}

function argsOf(variables: Shape, args: ReadonlyMap<string, Value>): Shape {
  return Object.fromEntries([...args].map(([name, value]) => [name, valueFrom(variables, value)]));
}

function wanted(run: Run, selection: Selection): boolean {
  return selection.directives.every(({ name, args }) => {
    const yes = argsOf(run.variables, args)['if'] === true;
    return name === 'skip' ? !yes : name !== 'include' || yes;
  });
}

function select(
  run: Run,
  type: string,
  source: unknown,
  selections: readonly Selection[],
  path: readonly (string | number)[],
): Shape {
  const found: Shape = {};
  if (path.length > MAX_DEPTH) throw new Refused(422, 'Query has depth which exceeds the maximum');
  for (const selection of selections) {
    if (!wanted(run, selection)) continue;
    if (selection.kind === 'field') {
      merge(found, selection.alias, field(run, type, source, selection, [...path, selection.alias]));
      continue;
    }
    const inner = selection.kind === 'inline' ? selection : run.document.fragments.get(selection.fragment);
    if (inner === undefined) continue;
    const fits = inner.on === null || inner.on === type || isAbstract(inner.on);
    if (fits)
      for (const [key, value] of Object.entries(select(run, type, source, inner.selections, path)))
        merge(found, key, value);
  }
  return found;
}

// The same field asked for twice (in a fragment and beside it) is one field with both selections.
function merge(into: Shape, key: string, value: unknown): void {
  const there = into[key];
  into[key] = isShape(there) && isShape(value) ? { ...there, ...value } : value;
}

const ABSTRACT = new Set([
  'Node',
  'Actor',
  'RepositoryOwner',
  'GitObject',
  'Assignable',
  'Labelable',
  'Comment',
  'Closable',
  'Reactable',
]);

function isAbstract(type: string): boolean {
  return ABSTRACT.has(type);
}

function field(
  run: Run,
  type: string,
  source: unknown,
  asked: Extract<Selection, { kind: 'field' }>,
  path: readonly (string | number)[],
): unknown {
  if (asked.name === '__typename') return type;
  const known = run.types(type)?.[asked.name];
  if (known === undefined) return undefined;
  try {
    const value = known.read(source, argsOf(run.variables, asked.args), run.context);
    return known.type === null
      ? (value ?? null)
      : complete(run, known.type, value, asked.selections ?? [], path);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const kind = KINDS[error.status] ?? 'UNPROCESSABLE';
    run.errors.push({ type: kind, path, locations: [{ line: 1, column: 1 }], message: text(error) });
    return null;
  }
}

function text(error: Refused): string {
  const { errors, message } = error.body;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (typeof first === 'string') return first;
  return isShape(first) && typeof first['message'] === 'string' ? first['message'] : String(message);
}

function complete(
  run: Run,
  type: string,
  value: unknown,
  selections: readonly Selection[],
  path: readonly (string | number)[],
): unknown {
  if (value === null || value === undefined) {
    // A commit without an account still has a git actor.
    return type === 'GitActor' ? select(run, type, null, selections, path) : null;
  }
  if (Array.isArray(value))
    return value.map((one: unknown, i) => complete(run, type, one, selections, [...path, i]));
  if (isConcrete(value))
    return value.it == null ? null : select(run, value.concrete, value.it, selections, path);
  return select(run, type, value, selections, path);
}

function isConcrete(value: unknown): value is Concrete {
  return isShape(value) && typeof value['concrete'] === 'string' && 'it' in value;
}
