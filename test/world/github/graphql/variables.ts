/** Checks the variables a GraphQL document is given: required ones, and what is inside input objects. */
import type { Shape } from '../hub.ts';
import { isShape } from '../request.ts';
import type { Types } from './execute.ts';
import type { Operation, Variable } from './parse.ts';

/** One error per variable whose value does not fit, as GitHub answers it. */
export function checkVariables(types: Types, operation: Operation, given: Shape): Shape[] {
  return operation.variables.flatMap((one) => {
    const value = given[one.name];
    if (one.required && (value === undefined || value === null)) {
      return [misgiven(one, value ?? null, [{ path: [], explanation: 'Expected value to not be null' }])];
    }
    const mutation = /^(\w+)Input!?$/.exec(one.type)?.[1];
    if (mutation === undefined || !isShape(value)) return [];
    const known = types('Mutation')?.[`${mutation[0]?.toLowerCase()}${mutation.slice(1)}`]?.input;
    // A mutation this server lacks is told as an unknown field already.
    if (known === undefined) return [];
    const typeName = one.type.replace('!', '');
    const unknown = Object.keys(value).filter((key) => known[key] === undefined);
    const missing = Object.keys(known).filter((key) => known[key] === true && value[key] == null);
    const problems = [
      ...unknown.map((key) => ({ path: [key], explanation: `Field is not defined on ${typeName}` })),
      ...missing.map((key) => ({ path: [key], explanation: 'Expected value to not be null' })),
    ];
    return problems.length === 0 ? [] : [misgiven(one, value, problems)];
  });
}

function misgiven(
  variable: Variable,
  value: unknown,
  problems: { path: string[]; explanation: string }[],
): Shape {
  const why = problems.map(({ path, explanation }) => `${path.join('.')} (${explanation})`).join(', ');
  const message = `Variable $${variable.name} of type ${variable.type} was provided invalid value for ${why}`;
  return { message, locations: [{ line: 1, column: 1 }], extensions: { value, problems } };
}
