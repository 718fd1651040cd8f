/** /next: doing everything it lists unblocks the stage, leaving anything out does not, and nothing smaller would. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenedEpic } from '../../../src/core/epic/state.ts';
import { getNextSteps, type NextStep, type WayOn } from '../../../src/core/query/get-next-steps.ts';
import { runs } from '../../fuzz/effort.ts';
import { cast, type Given, on, opened, started, submitted, workflow } from '../epic/given.ts';
import { link, review } from '../epic/pulls.ts';
import { after, crews, fewest, isDone, people, personOf, type Try, worlds } from './small-worlds.ts';

const at = '2026-03-01T00:00:00.000Z';

const wayFor = (epic: OpenedEpic, stage: string): WayOn | undefined => {
  const asked = { id: '1', epic, history: [], at, known: people, stage };
  return (getNextSteps.answer(asked) as { ways: readonly WayOn[] }).ways[0];
};

/** Every reading of the list: each step by anybody it names who has not acted yet, or by the one of an earlier step. */
const readings = (steps: readonly NextStep[]): readonly (readonly string[])[] =>
  steps.reduce<readonly (readonly string[])[]>(
    (so, step) =>
      so.flatMap((chosen) => {
        if (step.type === 'Merge') return [[...chosen, 'pat']];
        const same = step.sameAs === null ? undefined : chosen[step.sameAs - 1];
        if (same !== undefined) return [[...chosen, same]];
        return step.who.filter((name) => !chosen.includes(name)).map((name) => [...chosen, name]);
      }),
    [[]],
  );

const plays = (
  epic: OpenedEpic,
  steps: readonly NextStep[],
  chosen: readonly string[],
  without = -1,
): OpenedEpic =>
  steps.reduce((now, { type, stage }, index) => {
    const doing: Try = { who: personOf(chosen[index] ?? ''), what: type, stage };
    return index === without ? now : after(now, doing);
  }, epic);

const everyone = crews(9).at(-1) ?? [];

const goesBack = ({ type }: NextStep): boolean => type === 'Release' || type === 'Reject';

describe('the smallest set of people and commands', { timeout: 120_000 }, () => {
  test('whoever of the named people does each step, the stage is done; leaving one step out, it is not', () => {
    let looked = 0;
    const seen = new Set<string>();
    const check = (epic: OpenedEpic): void => {
      const way = wayFor(epic, 'two');
      if (way?.possible !== true) return;
      const ways = readings(way.steps).slice(0, 30);
      expect(ways.length).toBeGreaterThan(0);
      for (const chosen of ways) expect(isDone(plays(epic, way.steps, chosen), 'two')).toBe(true);
      const [chosen = []] = ways;
      for (const index of way.steps.keys()) {
        expect(isDone(plays(epic, way.steps, chosen, index), 'two')).toBe(false);
        looked += 1;
      }
      for (const { type } of way.steps) seen.add(type);
    };
    fc.assert(fc.property(worlds, check), runs(20));
    expect(looked).toBeGreaterThan(15);
    expect([...seen]).toEqual(expect.arrayContaining(['Resume', 'Answer', 'Approve']));
  });

  test('no other people and commands do it in fewer steps, or in as few with fewer people', () => {
    let possible = 0;
    const check = (epic: OpenedEpic): void => {
      const way = wayFor(epic, 'two');
      if (way === undefined) return;
      const { steps, people: many } = way;
      const least = fewest(epic, 'two', everyone);
      if (!way.possible || steps.some(goesBack)) {
        expect(least).toBeUndefined();
        return;
      }
      expect([way.smallest, steps.length]).toEqual([true, least]);
      for (const crew of crews(many - 1)) expect(fewest(epic, 'two', crew, steps.length)).toBeUndefined();
      possible += 1;
    };
    fc.assert(fc.property(worlds, check), runs(6));
    expect(possible).toBeGreaterThan(0);
  });
});

/** The list as people read it: who, what. */
const list = (given: Given, stage: string): readonly string[] =>
  getNextSteps
    .lines({ id: '1', epic: opened(given), history: given.events, at, known: [], stage })
    .filter((line) => line !== '');

const building = (): Given =>
  started()
    .and(cast.pat, on('define', 'Claim'))
    .and(cast.pat, on('define', 'Submit'))
    .and(cast.erin, on('define', 'Approve'))
    .and(cast.dan, on('build', 'Claim'));

describe('what is said', () => {
  test('from the very beginning to the end of the last stage, in an order that works', () => {
    expect(list(started(), 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 7 steps by 4 people:",
        "1. \`pat\` (\`PM\`): \`/claim define\`",
        "2. \`pat\`: \`/submit define\`",
        "3. \`erin\` (\`EM\`): \`/approve define\`",
        "4. \`dan\` (\`ENG\`): \`/claim build\`",
        "5. \`dan\`: \`/submit build\`",
        "6. \`erin\` (\`EM\`): \`/approve build\`",
        "7. \`vera\` (\`VP\`): \`/approve build\`",
      ]
    `);
  });

  test('one person who can do two of the steps is asked for both', () => {
    const blocked = submitted().and(cast.erin, on('build', 'Approve')).and(cast.dan, on('build', 'Block'));
    expect(list(blocked, 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 2 steps by 1 person:",
        "1. \`vera\` (\`VP\`): \`/unblock build\`",
        "2. \`vera\` (\`VP\`): \`/approve build\`",
      ]
    `);
  });

  test('pull requests: a fork needs its commit named, and is merged last', () => {
    const pulled = building()
      .and(cast.dan, link('build', 7, { fork: true }))
      .and(cast.dan, on('build', 'Submit'));
    expect(list(pulled, 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 3 steps by 2 people:",
        "1. \`erin\` (\`EM\`): \`/approve build aaaaaaa\`",
        "2. \`vera\` (\`VP\`): \`/approve build aaaaaaa\`",
        "3. anyone who may merge: merge #7",
      ]
    `);
  });

  test('whoever asked for changes on this very commit says so before it is submitted again', () => {
    const asked = building()
      .and(cast.dan, link('build', 7))
      .and(cast.erin, review(cast.erin, 7, 'changes-requested'));
    expect(list(asked, 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 4 steps by 3 people:",
        "1. \`erin\` (\`EM\`): a review that approves #7",
        "2. \`dan\`: \`/submit build\`",
        "3. \`vera\` (\`VP\`): \`/approve build aaaaaaa\`",
        "4. anyone who may merge: merge #7",
      ]
    `);
  });

  test('a paused epic is resumed first, by one of those who may', () => {
    expect(list(started().and(cast.pat, { type: 'Pause', reason: '' }), 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** is done after 4 steps by 2 people:",
        "1. \`pat\`: \`/resume\`",
        "2. \`pat\` (\`PM\`): \`/claim define\`",
        "3. \`pat\`: \`/submit define\`",
        "4. \`erin\` (\`EM\`): \`/approve define\`",
      ]
    `);
  });

  test('a role that nobody else holds: who has it gives the stage back, or somebody has to be given it', () => {
    const alone = {
      policy: opened(started()).rules.policy,
      roles: [
        { role: 'PM', names: ['pat', 'olga'] },
        { role: 'EM', names: ['pat'] },
      ],
    };
    const claimed = started(undefined, { rules: alone }).and(cast.pat, on('define', 'Claim'), {
      rules: alone,
    });
    expect(list(claimed, 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** is done after 4 steps by 2 people:",
        "1. \`pat\`: \`/release define\`",
        "2. \`olga\` (\`PM\`): \`/claim define\`",
        "3. \`olga\`: \`/submit define\`",
        "4. \`pat\` (\`EM\`): \`/approve define\`",
      ]
    `);
    const nobody = { ...alone, roles: [{ role: 'PM', names: ['pat'] }] };
    const lost = started(undefined, { rules: nobody });
    expect(list(lost, 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** cannot be done by the people who are named now; with somebody more, after 3 steps by 2 people:",
        "1. \`pat\` (\`PM\`): \`/claim define\`",
        "2. \`pat\`: \`/submit define\`",
        "3. **nobody yet** (give somebody \`EM\` in \`.github/gatehouse.yml\`): \`/approve define\`",
      ]
    `);
  });

  test('people of a team are not told apart, but two of them are two', () => {
    const team = {
      policy: opened(started()).rules.policy,
      roles: ['PM', 'ENG', 'EM', 'VP'].map((role) => ({ role, names: ['@acme/all'] })),
    };
    expect(list(started(undefined, { rules: team }), 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** is done after 3 steps by 2 people:",
        "1. \`@acme/all\` (\`PM\`): \`/claim define\`",
        "2. whoever does step 1: \`/submit define\`",
        "3. somebody else of \`@acme/all\` (\`EM\`): \`/approve define\`",
      ]
    `);
  });

  test('criteria and concerns come before approvals: each by those who may settle it', () => {
    const [define, ...others] = workflow.stages;
    if (define?.gate === undefined) throw new Error('The first stage has a gate.');
    const strict = { ...define, gate: { ...define.gate, criteria: ['tests are green', 'docs are written'] } };
    const kept = started({ ...workflow, stages: [strict, ...others] })
      .and(cast.pat, on('define', 'Claim'))
      .and(cast.pat, { type: 'Check', on: { kind: 'stage', stage: 'define' }, words: '2 here', commentId: 9 })
      .and(cast.erin, on('define', 'Concern'))
      .and(cast.pat, on('define', 'Submit'));
    expect(list(kept, 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** is done after 3 steps by 2 people:",
        "1. \`pat\` (\`PM\`): \`/check define 1 <evidence>\`",
        "2. \`erin\`: \`/resolve define c1 <why>\`",
        "3. \`erin\` (\`EM\`): \`/approve define\`",
      ]
    `);
  });

  test('a question is answered by those who do the work, or taken back by whoever asked where that is fewer people', () => {
    const asked = submitted()
      .and(cast.vera, on('build', 'AskQuestion', { kind: 'clarification' }))
      .and(cast.erin, on('build', 'Approve'));
    expect(list(asked, 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 2 steps by 1 person:",
        "1. \`vera\`: \`/withdraw build q1\`",
        "2. \`vera\` (\`VP\`): \`/approve build\`",
      ]
    `);
    const gone = asked
      .and(cast.vera, on('build', 'Approve'))
      .and(cast.vera, on('build', 'AskQuestion', { kind: 'evidence' }));
    expect(list(gone, 'build')).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 2 steps by 1 person:",
        "1. \`dan\` (\`ENG\`): \`/answer build q1 <text>\`",
        "2. \`dan\` (\`ENG\`): \`/evidence build q2 <url or text>\`",
      ]
    `);
  });

  test('a paused part goes on by its name, and what holds two stages is lifted once', () => {
    const pause = (kind: 'role' | 'stage', name: string) =>
      ({ type: 'Pause', part: { kind, name }, reason: 'not now' }) as const;
    const held = started().and(cast.pat, pause('role', 'PM')).and(cast.pat, pause('stage', 'define'));
    expect(list(held, 'define')).toMatchInlineSnapshot(`
      [
        "**\`define\`** is done after 5 steps by 2 people:",
        "1. \`pat\`: \`/resume PM\`",
        "2. \`pat\`: \`/resume define\`",
        "3. \`pat\` (\`PM\`): \`/claim define\`",
        "4. \`pat\`: \`/submit define\`",
        "5. \`erin\` (\`EM\`): \`/approve define\`",
      ]
    `);
    const far = building().and(cast.pat, pause('role', 'PM'));
    expect(list(far, 'build').join()).not.toContain('/resume');
    expect(list(far, 'tell').filter((line) => line.includes('/resume'))).toHaveLength(1);
  });

  test('an emergency stop is lifted by override roles, whoever opened the epic', () => {
    const rules = opened(started()).rules;
    const named = { ...rules, roles: [...rules.roles, { role: 'OVERRIDER', names: ['olga'] }] };
    const stopped = building().and(cast.olga, { type: 'Stop', reason: 'it burns' }, { rules: named });
    expect(list(stopped, 'build').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "**\`build\`** is done after 4 steps by 4 people:",
        "1. \`olga\` (\`OVERRIDER\`): \`/resume\`",
      ]
    `);
  });

  test('what is over needs nothing', () => {
    expect(list(building(), 'define')).toMatchInlineSnapshot(`
      [
        "\`define\` is done: nothing is missing.",
      ]
    `);
    const ended = started().and(cast.pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(list(ended, 'define')).toMatchInlineSnapshot(`
      [
        "Nothing is left to do: the epic is cancelled.",
      ]
    `);
  });

  test('a hundred stages in a row are answered in a moment', () => {
    const stages = Array.from({ length: 100 }, (_, index) => ({
      ...workflow.stages[1],
      key: `s${index}`,
      role: 'ENG',
      action: 'do',
      deliverables: [],
      dependsOn: index === 0 ? [] : [`s${index - 1}`],
    }));
    const before = performance.now();
    const lines = list(started({ ...workflow, stages }), 's99');
    expect(lines.length).toBeGreaterThan(300);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
