/** Who fills which role, against every possible assignment: nobody twice, nobody in vain, whatever the order (contract §2). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillRoles } from '../../../src/core/epic/fill-roles.ts';
import { fillSeats } from '../../../src/core/epic/seats.ts';
import { cast, on, opened, rulesWith, started, workflow } from './given.ts';

const roles = ['EM', 'VP', 'QA', 'SRE'] as const;
const world = fc.record({
  gate: fc.subarray([...roles], { minLength: 1 }),
  people: fc
    .array(fc.subarray([...roles]), { maxLength: 5 })
    .map((held) => held.map((mine, id) => ({ by: { id, login: `p${id}` }, roles: mine }))),
});

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Tries every way to give each role to somebody or nobody; the most roles filled at once. */
const most = ({ gate, people }: World, taken: readonly number[] = []): number => {
  const [role, ...rest] = gate;
  if (role === undefined) return 0;
  const given = people
    .filter((one) => one.roles.includes(role) && !taken.includes(one.by.id))
    .map((one) => 1 + most({ gate: rest, people }, [...taken, one.by.id]));
  return Math.max(most({ gate: rest, people }, taken), ...given);
};

test('as many roles are filled as any assignment could fill: no approver is told to wait for nothing', () => {
  fc.assert(
    fc.property(world, (wanted) => {
      expect(fillRoles(wanted.gate, wanted.people).size).toBe(most(wanted));
    }),
    { numRuns: 2_000 },
  );
});

test('one person fills one role, one they hold, and each role has one person', () => {
  fc.assert(
    fc.property(world, ({ gate, people }) => {
      const filled = fillRoles(gate, people);
      expect(new Set(filled.values()).size).toBe(filled.size);
      for (const [role, person] of filled) {
        expect(gate).toContain(role);
        expect(person.roles).toContain(role);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('without distinct approvers a role is open only when nobody who approved holds it', () => {
  fc.assert(
    fc.property(world, ({ gate, people }) => {
      const seated = people.map((one) => ({ ...one, instead: [] }));
      const filled = fillSeats(gate, seated, rulesWith({ distinctApprovers: false })).map((one) => one.role);
      expect(filled).toEqual(gate.filter((role) => people.some((one) => one.roles.includes(role))));
    }),
  );
});

test('the order in which people approve costs nobody anything', () => {
  const gate = { name: 'all', approvers: [...roles] };
  const wide = {
    ...workflow,
    stages: workflow.stages.slice(0, 1).map((one) => ({ ...one, gate })),
  };
  const submitted = started(wide).and(cast.pat, on('define', 'Claim')).and(cast.pat, on('define', 'Submit'));
  const end = (people: World['people']): string => {
    const given = people.reduce((so, { by, roles: held }) => {
      const person = { ...by, id: by.id + 50 };
      const wanted = on('define', 'Approve', { commentId: person.id });
      const refused = typeof so.when(person, wanted, { roles: held }) === 'string';
      return refused ? so : so.and(person, wanted, { roles: held });
    }, submitted);
    return opened(given).status;
  };
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat(100)), ({ people }, luck) => {
      const shuffled = people
        .map((one) => ({ one, at: luck.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      const expected = most({ gate: [...roles], people }) === roles.length ? 'done' : 'running';
      expect([end(people), end(shuffled)]).toEqual([expected, expected]);
    }),
    { numRuns: 500 },
  );
});
