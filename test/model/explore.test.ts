/** Every sequence of what can happen at a gate, to some depth: nobody is counted who may not be, and nobody who may is ignored (threats G8). */
import { expect, test } from 'vitest';
import { explore, type Found, type Journey } from './explore.ts';
import { actions, divided } from './gate-model.ts';

const depth = Number(process.env['GATEHOUSE_DEPTH'] ?? 6);

const report = (found: Found, journey: Journey): void => {
  const { states, transitions, byDepth, passed } = found;
  console.log(
    `${journey.actions.length} actions to depth ${journey.depth}: ${states} distinct states (${byDepth.join(', ')}), ${passed} of them pass the gate; ${transitions} transitions`,
  );
};

const tells = (found: Found): string =>
  found.differences
    .slice(0, 5)
    .map(({ what, path }) => `${path.join(' → ')}\n    ${what.join('\n    ')}`)
    .join('\n');

const journeys: readonly [string, Journey][] = [
  [
    'T12–T16, T20, T31, T33, T37: nobody unauthorised is counted and nobody authorised ignored, however far one goes',
    { depth, actions: divided, alike: false },
  ],
  [
    'the same where everybody may do everything, two steps less far',
    { depth: depth - 2, actions, alike: true },
  ],
];

test.each(journeys)('%s', { timeout: 3_600_000 }, (_, journey) => {
  const found = explore(journey);
  report(found, journey);
  expect(tells(found)).toBe('');
  // A gate that is never passed would agree with anything.
  expect(found.passed).toBeGreaterThan(50);
  expect(found.byDepth).toHaveLength(journey.depth + 1);
});
