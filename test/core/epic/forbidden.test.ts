/** No order of commands passes a gate its definition forbids: quorum, veto, criteria, concerns, conditions, agents, paths and time together, against a reader who keeps a sheet of paper. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '../../../src/core/epic/condition.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { Rules } from '../../../src/core/epic/policy.ts';
import type { GateDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { cast, type Given, on, opened, rulesWith, stage, started, type Wanted, workflow } from './given.ts';
import { link, now, pullFacts, sha } from './pulls.ts';

const bot: Person = { id: 60, login: 'bot' };
const stray: Person = { id: 61, login: 'stray' };
const people = [cast.dan, cast.erin, cast.vera, cast.sam, cast.olga, bot, stray];
const gateRoles = ['EM', 'VP', 'QA'];

const gates = fc.record({
  approvers: fc.subarray(gateRoles, { minLength: 1 }),
  quorum: fc.boolean(),
  veto: fc.boolean(),
  criteria: fc.integer({ min: 0, max: 2 }),
  scoped: fc.boolean(),
  timed: fc.boolean(),
  distinct: fc.boolean(),
});
type Wish = typeof gates extends fc.Arbitrary<infer W> ? W : never;

const conditions: readonly (Condition | undefined)[] = [undefined, undefined, { kind: 'criteria' }];
const verbs = [
  'approve',
  'approve',
  'approve',
  'reject',
  'concern',
  'resolve',
  'tick',
  'tick',
  'waive',
  'submit',
  'submit',
  'push',
  'time',
  'override',
] as const;
const moves = fc.array(
  fc.record({
    who: fc.constantFrom(...people),
    verb: fc.constantFrom(...verbs),
    n: fc.integer({ min: 1, max: 2 }),
    condition: fc.constantFrom(...conditions),
    touches: fc.constantFrom('nothing', 'docs', 'code', 'unknown'),
  }),
  { minLength: 4, maxLength: 22 },
);
type Move = typeof moves extends fc.Arbitrary<(infer M)[]> ? M : never;

const roleSets = fc.tuple(...people.map(() => fc.subarray([...gateRoles, 'SEC'])));

/** What somebody who only listens would write down. */
interface Sheet {
  submitted: boolean;
  overridden: boolean;
  excused: boolean;
  readonly settled: Set<number>;
  readonly waived: Set<number>;
  concerns: { readonly id: string; readonly owner: number; open: boolean; readonly veto: boolean }[];
  words: { readonly who: Person; readonly condition: Condition | undefined; readonly lost: Set<string> }[];
}

/** The human behind an account; nobody behind a stray machine. */
const human = ({ id }: Person): number | undefined => {
  if (id === stray.id) return undefined;
  return id === bot.id ? cast.erin.id : id;
};

/** Whether it could be right that this gate is passed: as liberal as its definition allows, and no more. */
const permitted = (sheet: Sheet, wish: Wish, rolesOf: (who: Person) => readonly string[]): boolean => {
  if (!sheet.submitted) return false;
  if (sheet.overridden) return true;
  const met = Array.from({ length: wish.criteria }, (_, index) => index + 1).every(
    (n) => sheet.settled.has(n) || sheet.waived.has(n),
  );
  if (!met || sheet.concerns.some((one) => one.open)) return false;
  if (sheet.excused) return true;
  const wanted = wish.quorum ? 1 : wish.approvers.length;
  const voters = sheet.words.flatMap(({ who, lost }) => {
    const behind = human(who);
    if (behind === undefined || behind === cast.dan.id) return [];
    return [
      { behind, roles: rolesOf(who).filter((role) => wish.approvers.includes(role) && !lost.has(role)) },
    ];
  });
  const hand = (roles: readonly string[], used: readonly number[]): number => {
    const [role, ...rest] = roles;
    if (role === undefined) return 0;
    const filled = voters
      .filter((one) => one.roles.includes(role) && !(wish.distinct && used.includes(one.behind)))
      .map(({ behind }) => 1 + hand(rest, [...used, behind]));
    return Math.max(hand(rest, used), ...filled);
  };
  return hand(wish.approvers, []) >= wanted;
};

const definitionOf = (wish: Wish): WorkflowDefinition => {
  const gate: GateDefinition = {
    name: 'go',
    approvers: wish.approvers,
    ...(wish.quorum ? { require: { n: 1, of: wish.approvers } } : {}),
    ...(wish.veto ? { veto: ['SEC'] } : {}),
    ...(wish.criteria > 0 ? { criteria: ['one', 'two'].slice(0, wish.criteria) } : {}),
    ...(wish.scoped ? { paths: { QA: ['docs/**'] } } : {}),
    ...(wish.timed ? { timeouts: { approveAfter: 3_600_000 } } : {}),
  };
  return { ...workflow, stages: [stage('ship', { gate })] };
};

const files = { nothing: [], docs: ['docs/a.md'], code: ['src/a.ts'], unknown: undefined };

test('no order of commands passes a gate its definition forbids', () => {
  const seen = { passed: 0, timed: 0, overridden: 0 };
  fc.assert(
    fc.property(gates, roleSets, moves, (wish, sets, played) => {
      const rules: Rules = {
        ...rulesWith({ distinctApprovers: wish.distinct }),
        agents: [{ ...bot, principal: cast.erin }, stray],
      };
      const rolesOf = (who: Person): readonly string[] => sets[people.indexOf(who)] ?? [];
      const facts = { rules };
      let head = 0;
      const commit = (): string =>
        sha('abcdef0123456789abcdef'[head] ?? 'f').slice(0, 38) + String(head).padStart(2, '0');
      let clock = Date.UTC(2026, 5, 1);
      let given: Given = started(definitionOf(wish), facts)
        .and(cast.dan, on('ship', 'Claim'), { ...facts, roles: ['ENG'] })
        .and(cast.pat, link('ship', 7, { head: commit() }), facts);
      const sheet: Sheet = {
        submitted: false,
        overridden: false,
        excused: false,
        settled: new Set(),
        waived: new Set(),
        concerns: [],
        words: [],
      };
      let nextConcern = 1;

      const attempt = (who: Person, wanted: Wanted, more: object = {}): boolean => {
        clock += 1_000;
        const full = {
          ...facts,
          roles: [
            ...rolesOf(who),
            ...(who.id === cast.dan.id ? ['ENG'] : []),
            ...(who.id === cast.olga.id ? ['OVERRIDER'] : []),
          ],
          at: new Date(clock).toISOString(),
          pulls: [pullFacts(7, { head: commit() })],
          ...more,
        };
        const taken = Array.isArray(given.when(who, wanted, full));
        if (taken) given = given.and(who, wanted, full);
        return taken;
      };

      const play = ({ who, verb, n, condition, touches }: Move): void => {
        switch (verb) {
          case 'approve': {
            const wanted = on('ship', 'Approve', {
              commentId: 100 + clock / 1_000,
              commit: commit().slice(0, 40),
              condition,
            });
            if (sheet.submitted && attempt(who, wanted))
              sheet.words = [
                ...sheet.words.filter((one) => one.who.id !== who.id),
                { who, condition, lost: new Set() },
              ];
            // Whoever vetoed and approves later has taken it back.
            if (sheet.words.some((one) => one.who.id === who.id))
              sheet.concerns = sheet.concerns.map((one) =>
                one.veto && one.owner === who.id ? { ...one, open: false } : one,
              );
            return;
          }
          case 'reject': {
            const vetoing = wish.veto && rolesOf(who).includes('SEC');
            if (!attempt(who, on('ship', 'Reject'))) return;
            Object.assign(sheet, { submitted: false, overridden: false, excused: false, words: [] });
            sheet.settled.clear();
            sheet.concerns = sheet.concerns.map((one) =>
              one.veto && !one.open ? { ...one, open: false } : one,
            );
            if (vetoing && !sheet.concerns.some((one) => one.veto && one.open && one.owner === who.id)) {
              sheet.concerns.push({ id: `c${nextConcern}`, owner: who.id, open: true, veto: true });
              nextConcern = (opened(given).stages[0]?.concerns ?? []).length + 1;
            }
            return;
          }
          case 'concern':
            if (attempt(who, on('ship', 'Concern', { text: 'no' }))) {
              sheet.concerns.push({ id: `c${nextConcern}`, owner: who.id, open: true, veto: false });
              nextConcern += 1;
            }
            return;
          case 'resolve': {
            const taken = attempt(who, on('ship', 'Resolve', { id: `c${n}`, reason: 'settled' }));
            if (!taken) return;
            const concern = sheet.concerns.find((one) => one.id === `c${n}`);
            expect(concern !== undefined && (concern.owner === who.id || who.id === cast.olga.id)).toBe(true);
            if (concern !== undefined) concern.open = false;
            return;
          }
          case 'tick':
            if (attempt(who, on('ship', 'Check', { words: String(n) }))) {
              expect(who.id).toBe(cast.dan.id);
              sheet.settled.add(n);
            }
            return;
          case 'waive':
            if (attempt(who, on('ship', 'Waive', { words: `${n} why` }))) {
              expect(who.id).toBe(cast.olga.id);
              sheet.waived.add(n);
            }
            return;
          case 'submit':
            if (attempt(cast.dan, on('ship', 'Submit'))) sheet.submitted = true;
            return;
          case 'push': {
            const from = commit();
            head += 1;
            const to = commit();
            const touched = files[touches];
            attempt(
              cast.dan,
              now(7, { head: to, moved: { from, to, ...(touched === undefined ? {} : { files: touched }) } }),
              { pulls: [] },
            );
            for (const word of sheet.words) {
              for (const role of gateRoles) {
                const scopedQa = wish.scoped && role === 'QA';
                if (touches === 'nothing' || (scopedQa && touches === 'code')) continue;
                word.lost.add(role);
              }
            }
            return;
          }
          case 'time':
            clock += 7_200_000;
            if (sheet.submitted && wish.timed) sheet.excused = true;
            attempt(cast.sam, { type: 'Tick' });
            return;
          case 'override':
            if (attempt(who, on('ship', 'Override'))) {
              expect(who.id).toBe(cast.olga.id);
              sheet.overridden = true;
            }
        }
      };

      for (const move of played) {
        play(move);
        const epic = opened(given);
        const [ship] = epic.stages;
        if (ship === undefined) throw new Error('no stage');
        const { passed } = judgeGate(epic, ship);
        if (!passed) continue;
        seen.passed += 1;
        if (sheet.excused) seen.timed += 1;
        if (sheet.overridden) seen.overridden += 1;
        expect({ move, may: permitted(sheet, wish, rolesOf) }).toEqual({ move, may: true });
      }
    }),
    { numRuns: 1_500 },
  );
  expect(seen.passed).toBeGreaterThan(150);
  expect(seen.timed).toBeGreaterThan(10);
  expect(seen.overridden).toBeGreaterThan(10);
});
