/** The beginning of a notice: the people it is for, called by name. */
import { mentioned } from './due.ts';

/** `@octo-em @acme/managers and 3 more: `; empty where there is nobody to call. */
export const calling = (names: readonly string[]): string => {
  const { mentions, more } = mentioned(names);
  return mentions.length === 0 ? '' : `${mentions.join(' ')}${more > 0 ? ` and ${more} more` : ''}: `;
};
