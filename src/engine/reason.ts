/** Why something failed, for people: no message of Node's is left empty, and no cause unsaid. */

const own = (failure: unknown): string => {
  if (!(failure instanceof Error)) return String(failure);
  // A name with several addresses fails with an error of errors, which says nothing itself.
  const inner = failure instanceof AggregateError ? failure.errors[0] : undefined;
  return failure.message !== '' ? failure.message : inner instanceof Error ? inner.message : failure.name;
};

/** The message, and behind it that of each cause that says something else. */
export const reason = (failure: unknown): string => {
  const said: string[] = [];
  for (let one = failure; one !== undefined && said.length < 5; ) {
    const message = own(one);
    if (!said.some((before) => before.includes(message))) said.push(message);
    one = one instanceof Error ? one.cause : undefined;
  }
  return said.map((one, index) => (index < said.length - 1 ? one.replace(/\.$/, '') : one)).join(': ');
};
