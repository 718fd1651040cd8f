/** `fast-check` as mutants meet it: the same worlds each time, and no more of them than a mutant is worth. */
import fc from 'fast-check';

const most = 1_500;

fc.configureGlobal({ seed: 20_261_121 });

const assert = ((property: fc.IRawProperty<unknown, false>, params: fc.Parameters<unknown> = {}) =>
  fc.assert(property, { ...params, numRuns: Math.min(params.numRuns ?? most, most) })) as typeof fc.assert;

/** All of it, with an `assert` of fewer runs. */
export default { ...fc, assert };
