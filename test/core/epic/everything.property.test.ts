/** With every feature on, whatever happens in whatever order: what people are told is true, and what they are told to type is accepted. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../../../src/core/epic/evolve.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { Explanation } from '../../../src/core/epic/explanation.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { heldBy } from '../../../src/core/epic/hold.ts';
import { nextAlarm } from '../../../src/core/epic/overdue.ts';
import type { Refusal } from '../../../src/core/epic/refusal.ts';
import { findStage } from '../../../src/core/epic/stage.ts';
import type { Stage } from '../../../src/core/epic/state.ts';
import { getNextSteps, type NextStep, type WayOn } from '../../../src/core/query/get-next-steps.ts';
import { waitingOn } from '../../../src/core/query/waiting-on.ts';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { missingParts } from '../../../src/core/render/explanation-text.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { explainIn, sign } from '../render/sample-epic.ts';
import {
  after,
  begun,
  momentOf,
  people,
  personOf,
  pulls,
  rules,
  steps,
  type Town,
  told,
  types,
} from './busy-town.ts';

const rolesOf = (login: string): readonly string[] =>
  rules.roles.flatMap((one) => (one.names.includes(login) ? [one.role] : []));
const filled = (words: string): string => words.replace(/<[^>]*>/g, 'because');
/** What has to be done first is said beside it. */
const first: readonly (Refusal['refused'] | undefined)[] = [undefined, 'stopped', 'paused', 'blocked'];

/** The command in an explanation's next, where it can be typed now. */
const commandIn = ({ next = '' }: Explanation): string | undefined =>
  / once /.test(next) ? undefined : /^`(\/[^`]+)`/.exec(next)?.[1];

const explanationHolds = (town: Town, stage: Stage): void => {
  const { key } = stage.definition;
  const stands = town.epic.status !== 'running' || heldBy(town.epic, stage) !== undefined;
  const passes = judgeGate(town.epic, stage).passed && stage.blockers.length === 0 && !stands;
  expect([key, explainStage(town.epic, stage, true).holds]).toEqual([key, passes]);
  for (const part of missingParts(explainStage(town.epic, stage))) {
    const line = commandIn(part);
    if (line === undefined) continue;
    const refusals = people.map((by) => types(town, by, filled(line), key).refusal);
    const outcome = refusals.some((one) => first.includes(one?.refused)) ? 'accepted' : refusals;
    expect([part.says, line, outcome]).toEqual([part.says, line, 'accepted']);
  }
};

const dutiesHold = (town: Town): void => {
  for (const person of people) {
    const who = { ...person, roles: rolesOf(person.login) };
    for (const { next, stage } of waitingOn({ id: '1', epic: town.epic }, who, momentOf(town))) {
      if (!next.startsWith('/')) continue;
      const { refusal } = types(town, person, filled(next), stage ?? 'tell');
      expect([person.login, next, refusal]).toEqual([person.login, next, undefined]);
    }
  }
};

/** The town after one step of a way, by any of those it names. */
const taken = (town: Town, step: NextStep): Town => {
  const named = people.filter((one) => step.who.includes(one.login));
  if (step.type === 'Merge') return pulls(town, personOf(0), 'merged');
  if (step.type === 'Review') return pulls(town, named[0] ?? personOf(0), 'approved');
  const tried = named.map((by) => types(town, by, filled(step.next), step.stage));
  const done = tried.find((one) => one.refusal === undefined);
  expect([step.next, step.who, done === undefined ? tried : 'accepted']).toEqual([
    step.next,
    step.who,
    'accepted',
  ]);
  return done?.town ?? town;
};

const waysHold = (town: Town): void => {
  const asked = { id: '1', epic: town.epic, history: town.events, known: people, at: momentOf(town) };
  const { ways } = getNextSteps.answer(asked) as { readonly ways: readonly WayOn[] };
  for (const { stage, steps: way } of ways.filter((one) => one.possible)) {
    const end = way.reduce(taken, town);
    expect([stage, way, findStage(end.epic, stage)?.status]).toEqual([stage, way, 'done']);
  }
};

test('nobody is told what is not so, or to type what is refused', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(steps, (taking) => {
      const told_ = taking.reduce(after, begun());
      const events: typeof told_.events = JSON.parse(JSON.stringify(told_.events));
      expect(replay(events)).toEqual(JSON.parse(JSON.stringify(told_.epic)));
      const town = told(told_, personOf(0), { type: 'Tick' }).town;
      const alarm = nextAlarm(town.epic);
      if (alarm !== undefined) expect(alarm > momentOf(town)).toBe(true);
      const explain = explainIn(town.epic);
      expect(checklistIssue(town.epic, explain, sign).body).toContain('plan');
      for (const stage of town.epic.stages) {
        expect(stageIssue(town.epic, stage, explain, sign).body).toContain(stage.definition.key);
        if (['ready', 'in-progress', 'in-review'].includes(stage.status)) explanationHolds(town, stage);
        reached.add(stage.status);
      }
      dutiesHold(town);
      waysHold(town);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
  expect([...reached]).toEqual(expect.arrayContaining(['waiting', 'ready', 'in-progress', 'done']));
});
