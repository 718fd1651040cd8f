/** The optional name in front of an argument, such as `b2` of a blocker or `q1` of a question. */

/** The name in small letters where the first word is one, and what follows. */
export interface NamedThing {
  readonly id?: string;
  readonly rest: string;
}

/** `letter` and a number is a name; anything else is left where it stands. */
export const namedThing = (argument: string, letter: string): NamedThing => {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(argument) ?? [];
  const isName = /^[a-z][1-9]\d{0,8}$/i.test(word) && word.toLowerCase().startsWith(letter);
  return isName ? { id: word.toLowerCase(), rest } : { rest: argument };
};
