/** With every feature on, whatever happens in whatever order: what people are told is true, and what they are told to type is accepted. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../../../src/core/epic/evolve.ts';
import { explainStage } from '../../../src/core/epic/explain.ts';
import type { Explanation } from '../../../src/core/epic/explanation.ts';
import { judgeGate } from '../../../src/core/epic/gate.ts';
import { heldBy } from '../../../src/core/epic/hold.ts';
import { nextAlarm } from '../../../src/core/epic/overdue.ts';
import type { Stage } from '../../../src/core/epic/state.ts';
import { getNextSteps } from '../../../src/core/query/get-next-steps.ts';
import { waitingOn } from '../../../src/core/query/waiting-on.ts';
import { checklistIssue } from '../../../src/core/render/checklist.ts';
import { missingParts } from '../../../src/core/render/explanation-text.ts';
import { stageIssue } from '../../../src/core/render/stage-issue.ts';
import { explainIn } from '../render/sample-epic.ts';
import { after, begun, momentOf, people, rules, steps, type Town, told, types } from './busy-town.ts';

const rolesOf = (login: string) => rules.roles.flatMap((one) => (one.names.includes(login) ? [one.role] : []));
const filled = (words: string): string => words.replace(/<[^>]*>/g, 'because');

/** The command in an explanation's next, where it can be typed now. */
const commandIn = ({ next = '' }: Explanation): string | undefined =>
  / once /.test(next) ? undefined : /^`(\/[^`]+)`/.exec(next)?.[1];

const stagesOpen = (town: Town): readonly Stage[] =>
  town.epic.stages.filter((one) => ['ready', 'in-progress', 'in-review'].includes(one.status));

const explanationsHold = (town: Town): void => {
  for (const stage of stagesOpen(town)) {
    const { key } = stage.definition;
    const stands = town.epic.status !== 'running' || heldBy(town.epic, stage) !== undefined;
    const passes = judgeGate(town.epic, stage).passed && stage.blockers.length === 0 && !stands;
    expect([key, explainStage(town.epic, stage, true).holds]).toEqual([key, passes]);
    for (const part of missingParts(explainStage(town.epic, stage))) {
      const line = commandIn(part);
      if (line === undefined) continue;
      const refusals = people.map((by) => types(town, by, filled(line), key).refusal);
      const accepted = refusals.some((one) => one === undefined || ['stopped', 'paused', 'blocked'].includes(one.refused));
      expect([part.says, line, accepted ? 'accepted' : refusals.map((one) => one?.why)]).toEqual([part.says, line, 'accepted']);
    }
  }
};

const dutiesHold = (town: Town): void => {
  for (const person of people) {
    const who = { ...person, roles: rolesOf(person.login) };
    for (const { duty, next, stage } of waitingOn({ id: '1', epic: town.epic }, who)) {
      if (duty === 'merge' || !next.startsWith('/')) continue;
      const { refusal } = types(town, person, filled(next), stage ?? 'build');
      expect([person.login, next, refusal?.why]).toEqual([person.login, next, undefined]);
    }
  }
};

const wayHolds = (town: Town): void => {
  const at = momentOf(town);
  const asked = { id: '1', epic: town.epic, history: town.events, known: people, at };
  const { ways } = getNextSteps.answer(asked) as any;
  for (const way of ways.filter((one: any) => one.possible)) {
    let now = town;
    for (const step of way.steps) {
      const by = people.find((one) => step.who.includes(one.login));
      const line = filled(step.next);
      if (step.type === 'Merge' || step.type === 'Review') {
        return;
      }
      if (by === undefined) throw new Error(`${line} by ${step.who}`);
      const tried = step.who.map((login: string) => types(now, people.find((one) => one.login === login) as any, line, step.stage));
      const one = tried.find((each: any) => each.refusal === undefined);
      expect([line, step.who, one === undefined ? tried[0].refusal : 'accepted']).toEqual([line, step.who, 'accepted']);
      now = one.town;
    }
    expect([way.stage, now.epic.stages.find((one) => one.definition.key === way.stage)?.status]).toEqual([way.stage, 'done']);
  }
};

test('whatever happens', () => {
  const status = new Map<string, number>();
  fc.assert(
    fc.property(steps, (taken) => {
      const town = taken.reduce(after, begun());
      expect(replay(JSON.parse(JSON.stringify(town.events)))).toEqual(JSON.parse(JSON.stringify(town.epic)));
      const now = told(town, people[0] as any, { type: 'Tick' }).town;
      const alarm = nextAlarm(now.epic);
      if (alarm !== undefined) expect(alarm > momentOf(now)).toBe(true);
      const explain = explainIn(now.epic);
      checklistIssue(now.epic, explain, () => 'x');
      for (const stage of now.epic.stages) { stageIssue(now.epic, stage, explain, () => 'x'); status.set(stage.definition.key + stage.status, 1 + (status.get(stage.definition.key + stage.status) ?? 0)); }
      explanationsHold(now);
      dutiesHold(now);
      wayHolds(now);
    }),
    { numRuns: Number(process.env.RUNS ?? 200) },
  );
  console.log([...status].sort().join(' '));
});
