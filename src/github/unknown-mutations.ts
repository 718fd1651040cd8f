/** What GraphQL's errors say about which mutations the server knows. */
import type { GraphqlError } from './graphql-answer.ts';

const missingField = /Field '(\w+)' doesn't exist on type 'Mutation'/;
const missingInput = /\b(\w+)Input isn't a defined input type/;
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The names of mutations that this server does not know, by its own words: nothing of such a document was executed. */
export const unknownMutations = (errors: readonly GraphqlError[]): readonly string[] => {
  const names = errors.flatMap(({ message, extensions }) => {
    if (extensions?.code === 'undefinedField' && extensions.typeName === 'Mutation') {
      return [extensions.fieldName ?? ''];
    }
    const input = missingInput.exec(message)?.[1];
    return [missingField.exec(message)?.[1] ?? (input === undefined ? '' : lowerFirst(input))];
  });
  return [...new Set(names)].filter((name) => name !== '');
};
