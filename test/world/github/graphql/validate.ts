/** Checks a GraphQL document against the types, with the errors GitHub answers before it does anything. */
import type { Shape } from '../hub.ts';
import type { Types } from './execute.ts';
import type { Document, Operation, Selection, Value } from './parse.ts';

type Check = { types: Types; document: Document; declared: Set<string>; errors: Shape[] };

/** One error per unknown field, argument, type or fragment, missing argument or undeclared variable. */
export function checkSelections(types: Types, document: Document, operation: Operation): Shape[] {
  const declared = new Set(operation.variables.map((one) => one.name));
  const check: Check = { types, document, declared, errors: [] };
  const root = operation.type === 'query' ? 'Query' : 'Mutation';
  visit(check, root, operation.selections, [
    `${operation.type}${operation.name === null ? '' : ` ${operation.name}`}`,
  ]);
  return check.errors;
}

function wrong(check: Check, path: readonly string[], code: string, message: string, more: Shape = {}): void {
  check.errors.push({ path, extensions: { code, ...more }, locations: [{ line: 1, column: 1 }], message });
}

function visit(check: Check, type: string, selections: readonly Selection[], path: readonly string[]): void {
  for (const selection of selections) {
    if (selection.kind === 'field') {
      visitField(check, type, selection, [...path, selection.alias]);
      continue;
    }
    const inner = selection.kind === 'inline' ? selection : check.document.fragments.get(selection.fragment);
    const on = inner?.on ?? type;
    if (inner === undefined) wrong(check, path, 'useAndDefineFragment', 'Fragment was used, but not defined');
    else if (check.types(on) === undefined)
      wrong(check, path, 'undefinedType', `No such type ${on}, so it can't be a fragment condition`);
    else visit(check, on, inner.selections, [...path, `... on ${on}`]);
  }
}

function visitField(
  check: Check,
  typeName: string,
  asked: Extract<Selection, { kind: 'field' }>,
  path: readonly string[],
): void {
  if (asked.name === '__typename') return;
  const known = check.types(typeName)?.[asked.name];
  if (known === undefined) {
    const message = `Field '${asked.name}' doesn't exist on type '${typeName}'`;
    wrong(check, path, 'undefinedField', message, { typeName, fieldName: asked.name });
    return;
  }
  checkNames(check, asked.args, known.args ?? {}, path, `Field '${asked.name}'`);
  const input = asked.args.get('input');
  if (known.input !== undefined && input?.kind === 'object') {
    const name = `${asked.name[0]?.toUpperCase()}${asked.name.slice(1)}Input`;
    checkNames(check, input.fields, known.input, [...path, 'input'], `InputObject '${name}'`);
  }
  if (known.type === null && asked.selections !== null) {
    wrong(check, path, 'selectionMismatch', `Selections can't be made on scalars (field '${asked.name}')`);
  }
  if (known.type !== null && asked.selections === null) {
    wrong(
      check,
      path,
      'selectionMismatch',
      `Field must have selections (field '${asked.name}' returns ${known.type} but has no selections.)`,
    );
  }
  if (known.type !== null && asked.selections !== null) visit(check, known.type, asked.selections, path);
}

function checkNames(
  check: Check,
  given: ReadonlyMap<string, Value>,
  known: Record<string, boolean>,
  path: readonly string[],
  owner: string,
): void {
  for (const [name, value] of given) {
    if (known[name] === undefined) {
      wrong(check, [...path, name], 'argumentNotAccepted', `${owner} doesn't accept argument '${name}'`, {
        argumentName: name,
      });
    }
    for (const variable of variablesIn(value)) {
      if (!check.declared.has(variable))
        wrong(check, path, 'variableNotDefined', `Variable $${variable} is used but not declared`);
    }
  }
  for (const [name, required] of Object.entries(known)) {
    if (!required || given.has(name)) continue;
    wrong(check, path, 'missingRequiredArguments', `${owner} is missing required arguments: ${name}`, {
      arguments: name,
    });
  }
}

function variablesIn(value: Value): string[] {
  if (value.kind === 'variable') return [value.name];
  if (value.kind === 'list') return value.items.flatMap(variablesIn);
  return value.kind === 'object' ? [...value.fields.values()].flatMap(variablesIn) : [];
}
