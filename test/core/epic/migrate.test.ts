/** Going over to another definition while the epic runs: what is shown is what is done, and nothing is won or lost by it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/core/epic/decide.ts';
import { planMigration } from '../../../src/core/epic/plan-migration.ts';
import { isFinal } from '../../../src/core/epic/stage.ts';
import { migrationText } from '../../../src/core/render/migration-text.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import {
  cast,
  facts,
  type Given,
  on,
  opened,
  stage,
  started,
  submitted,
  type Wanted,
  workflow,
} from './given.ts';
import { link, review, sha } from './pulls.ts';

const { pat, dan, erin, vera, olga, sam } = cast;
const source = { path: '.github/gatehouse/feature.yml', commit: 'c0ffee' };

const migrate = (definition: WorkflowDefinition, shown: string | null = 'aaaaaaaa'): Wanted => ({
  type: 'Migrate',
  definition,
  source,
  from: '0000000000',
  to: 'aaaaaaaaaa',
  ...(shown === null ? {} : { shown }),
});

const with_ = (
  change: (stages: readonly StageDefinition[]) => readonly StageDefinition[],
): WorkflowDefinition => ({ ...workflow, stages: change(workflow.stages) });
const changing = (key: string, more: Partial<StageDefinition>): WorkflowDefinition =>
  with_((stages) => stages.map((one) => (one.key === key ? { ...one, ...more } : one)));
const without = (key: string): WorkflowDefinition =>
  with_((stages) =>
    stages
      .filter((one) => one.key !== key)
      .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((other) => other !== key) })),
  );

const find = (given: Given, key: string) => opened(given).stages.find((one) => one.definition.key === key);
const keys = (given: Given): readonly string[] => opened(given).stages.map((one) => one.definition.key);
const plan = (given: Given, definition: WorkflowDefinition) => planMigration(opened(given), definition);
const half = (): Given => submitted().and(erin, on('build', 'Approve'));

describe('who may, and only what was shown', () => {
  test.each([
    ['the author looks', pat, null, []],
    ['an overrider looks', olga, null, []],
    ['a stranger may not even look', sam, null, 'not-your-role'],
    ['a worker may not', dan, 'aaaaaaaa', 'not-your-role'],
    ['the author does it as shown', pat, 'aaaaaaaa', ['DefinitionMigrated']],
    ['big letters are the same digest', pat, 'AAAAAAAA', ['DefinitionMigrated']],
    ['the file is another one than was shown', pat, 'bbbbbbbb', 'file-changed'],
  ] as const)('%s', (_, by, shown, answer) => {
    expect(started().when(by, migrate(changing('tell', { role: 'ENG' }), shown))).toEqual(answer);
  });
  test('what is over is over: no definition changes an ended epic', () => {
    const ended = started().and(pat, { type: 'Cancel', reason: 'no', gone: false });
    expect(ended.when(pat, migrate(without('tell')))).toBe('ended');
  });
});

describe('the same file changes nothing', () => {
  test.each([
    ['just started', started()],
    ['half way', half()],
  ])('%s', (_, given) => {
    expect(plan(given, workflow).nothing).toBe(true);
    expect(given.when(pat, migrate(workflow))).toEqual([]);
  });
  test('done twice is done once', () => {
    const next = changing('tell', { role: 'ENG' });
    expect(half().and(pat, migrate(next)).when(pat, migrate(next))).toEqual([]);
  });
});

test('a stage that is done keeps the gate it was done by, and says so', () => {
  const next = changing('define', { gate: { name: 'kickoff', approvers: ['VP'] }, role: 'ENG' });
  const before = submitted();
  expect(plan(before, next)).toMatchObject({ nothing: true, kept: ['define'] });
  expect(migrationText(opened(before), plan(before, next), { source, to: 'aa' })).toContain(
    '`define` is done: it stays as it was',
  );
  const after = before.and(
    pat,
    migrate({ ...next, stages: [...next.stages, stage('learn', { dependsOn: ['tell'] })] }),
  );
  expect(find(after, 'define')).toEqual(find(before, 'define'));
  expect(keys(after)).toEqual(['define', 'build', 'tell', 'learn']);
});

test('a done stage that the file forgot stays in its place, done', () => {
  const after = submitted().and(pat, migrate(without('define')));
  expect(keys(after)).toEqual(['define', 'build', 'tell']);
  expect(find(after, 'define')?.status).toBe('done');
});

test('a new stage begins at once where nothing holds it, and holds what waits for it', () => {
  const next = with_((stages) => [
    ...stages.map((one) => (one.key === 'tell' ? { ...one, dependsOn: ['build', 'legal'] } : one)),
    stage('legal', { role: 'PM' }),
  ]);
  const after = started().and(pat, migrate(next));
  expect(find(after, 'legal')?.status).toBe('ready');
  expect(find(after, 'tell')?.definition.dependsOn).toEqual(['build', 'legal']);
});

test('a free stage that would wait again waits; one that waited for what is gone is free', () => {
  const waits = with_((stages) => [
    stage('first'),
    ...stages.map((one) => (one.key === 'define' ? { ...one, dependsOn: ['first'] } : one)),
  ]);
  expect(find(started().and(pat, migrate(waits)), 'define')?.status).toBe('waiting');
  const free = started().and(pat, migrate(without('define')));
  expect(keys(free)).toEqual(['build', 'tell']);
  expect(find(free, 'build')?.status).toBe('ready');
});

test('what nobody began goes with its issue remembered, and finds it again when it comes back', () => {
  const issue = { number: 12, id: 120, nodeId: 'I12' } as never;
  const made = started().and(sam, { type: 'RecordIssue', object: 'stage:tell', issue });
  const gone = made.and(pat, migrate(without('tell')));
  expect(opened(gone).removed).toMatchObject([{ key: 'tell', issue }]);
  const back = gone.and(pat, migrate(workflow));
  expect(find(back, 'tell')).toMatchObject({ status: 'waiting', issue });
  expect(opened(back).removed).toEqual([]);
});

describe('what cannot be done is said, and nothing happens', () => {
  const linked = started().and(dan, link('build', 7, {}));
  const again = half().and(vera, on('build', 'Approve')).and(olga, on('build', 'Retry'));
  test.each([
    ['a claimed stage would disappear', submitted(), without('build'), 'begun-would-go'],
    ['a pull request would lose its stage', linked, without('build'), 'pulls-would-go'],
    ['what was done in earlier rounds would lose its place', again, without('build'), 'rounds-would-go'],
    [
      'a begun stage would wait again',
      submitted(),
      with_((stages) => [
        stage('audit'),
        ...stages.map((one) => (one.key === 'build' ? { ...one, dependsOn: ['audit'] } : one)),
      ]),
      'begun-would-wait',
    ],
    [
      'more issues than GitHub takes',
      started(),
      with_((stages) => [...stages, ...Array.from({ length: 98 }, (_, i) => stage(`s${i}`))]),
      'too-many',
    ],
  ] as const)('%s', (_, given, next, kind) => {
    expect(plan(given, next).obstacles.map((one) => one.kind)).toEqual([kind]);
    expect(given.when(pat, migrate(next))).toBe('cannot-migrate');
    const text = migrationText(opened(given), plan(given, next), { source, to: 'aaaaaaaaaa' });
    expect(text).toContain('What stands in the way');
    expect(text).not.toContain('/migrate aaaaaaaaaa');
  });
});

describe('nothing passes by migrating', () => {
  const lesser = changing('build', { gate: { name: 'review', approvers: ['EM'] } });
  test('what was approved for another gate is void, once, and by name', () => {
    expect(plan(half(), lesser).voided).toEqual([{ stage: 'build', people: [erin] }]);
    expect(half().when(pat, migrate(lesser))).toEqual(['ApprovalsVoided', 'DefinitionMigrated']);
    const after = half().and(pat, migrate(lesser));
    expect(find(after, 'build')).toMatchObject({ status: 'in-review', approvals: [] });
    expect(after.when(erin, on('build', 'Approve'))).toEqual([
      'ApprovalGiven',
      'GatePassed',
      'StageDone',
      'StageReady',
    ]);
  });
  test('a stage whose gate is gone goes back to its claimant instead of being done', () => {
    const { gate: _, ...bare } = workflow.stages[1] ?? stage('build');
    const open = with_((stages) => stages.map((one) => (one.key === 'build' ? bare : one)));
    const after = half().and(pat, migrate(open));
    expect(find(after, 'build')).toMatchObject({ status: 'in-progress', claimant: dan });
    expect(after.when(dan, on('build', 'Submit'))).toContain('StageDone');
  });
  test('an override was for the old gate too', () => {
    const excused = submitted()
      .and(dan, link('build', 7, {}))
      .and(olga, on('build', 'Override'))
      .and(pat, migrate(lesser));
    expect(find(excused, 'build')).toMatchObject({ status: 'in-review', gatePassed: false });
    expect(find(excused, 'build')?.override).toBeUndefined();
  });
  test('a review of the pull request was for the old gate too; a no stays a no', () => {
    const reviewed = submitted()
      .and(dan, link('build', 7, { head: sha('a') }))
      .and(erin, review(erin, 7, 'approved', { commit: sha('a'), id: 1 }));
    const after = reviewed.and(pat, migrate(lesser));
    expect(opened(after).pulls[0]?.reviews).toMatchObject([{ verdict: 'approved', voided: true }]);
    expect(find(after, 'build')?.status).toBe('in-review');
  });
  test('a shorter timer counts from the migration, not from before it', () => {
    const slow = changing('build', {
      gate: { name: 'review', approvers: ['EM', 'VP'], timeouts: { approveAfter: 100_000 } },
    });
    const quick = changing('build', {
      gate: { name: 'review', approvers: ['EM', 'VP'], timeouts: { approveAfter: 2_000 } },
    });
    const waited = started(slow)
      .and(pat, on('define', 'Claim'))
      .and(pat, on('define', 'Submit'))
      .and(erin, on('define', 'Approve'))
      .and(dan, on('build', 'Claim'))
      .and(dan, on('build', 'Submit'))
      .and(erin, on('build', 'Approve'));
    const later = new Date(Date.parse(opened(waited).openedAt) + 60_000).toISOString();
    const after = waited.and(pat, migrate(quick), { at: later });
    expect(find(after, 'build')).toMatchObject({ status: 'in-review', since: later });
    expect(find(after, 'build')?.approvals).toHaveLength(1);
    const soon = new Date(Date.parse(later) + 1_000).toISOString();
    expect(after.when(sam, { type: 'Tick' }, { at: soon })).toEqual([]);
  });
});

test('a claimant keeps what they have when the role changes', () => {
  const after = submitted().and(pat, migrate(changing('build', { role: 'SRE' })));
  expect(find(after, 'build')).toMatchObject({ status: 'in-review', claimant: dan });
});

test('while paused a migration moves nothing and its new stages have no running clock', () => {
  const paused = started().and(pat, { type: 'Pause', reason: '' });
  const after = paused.and(pat, migrate(with_((stages) => [...stages, stage('legal')])));
  expect(find(after, 'legal')?.status).toBe('waiting');
  expect(opened(after).stages.every((one) => one.clock.from === undefined)).toBe(true);
});

test('what stands in the way is told however long the list of changes is', () => {
  const next = with_((stages) => [
    ...stages.filter(({ key }) => key !== 'build'),
    ...Array.from({ length: 90 }, (_, index) =>
      stage(`${'x'.repeat(40)}_${index}`, { action: 'y'.repeat(100) }),
    ),
  ]);
  const text = migrationText(opened(submitted()), plan(submitted(), next), { source, to: 'aaaaaaaaaa' });
  expect(text).toMatch(/- … and \d+ more/);
  expect(text).toContain('`build` is begun and would disappear');
  expect(text.length).toBeLessThan(20_000);
});

test('a stage under another name is told as what it is: another stage', () => {
  const next = with_((stages) =>
    stages.map((one) => (one.key === 'tell' ? { ...one, key: 'announce' } : one)),
  );
  const text = migrationText(opened(started()), plan(started(), next), { source, to: 'aaaaaaaaaa' });
  expect(text).toContain('`announce` looks like `tell` under another name');
  expect(text).toContain('`/migrate aaaaaaaaaa` does it');
});

const roles = ['PM', 'ENG', 'EM', 'VP'] as const;
/** Mostly the stages there are with something about them changed, since a file that loses what is begun is refused. */
const anyStages = fc
  .tuple(
    fc.subarray(['define', 'build', 'tell', 'legal'], { minLength: 2 }),
    fc.constantFrom(['define', 'build'], ['define', 'build', 'tell']),
  )
  .map(([some, most]) => [...new Set([...most, ...some])])
  .chain((names) =>
    fc.tuple(
      ...names.map((key, index) =>
        fc
          .record({
            role: fc.constantFrom(...roles),
            dependsOn: fc.subarray(names.slice(0, index).filter((one) => one === 'define')),
            approvers: fc.subarray(['EM', 'VP']),
            apart: fc.subarray(names.filter((one) => one !== key)),
            approveAfter: fc.constantFrom(undefined, 2_000),
          })
          .map(({ role, dependsOn, approvers, apart, approveAfter }) =>
            stage(key, {
              role,
              dependsOn,
              ...(approvers.length === 0
                ? {}
                : {
                    gate: {
                      name: 'review',
                      approvers,
                      ...(approveAfter === undefined ? {} : { timeouts: { approveAfter } }),
                    },
                  }),
              ...(apart.length === 0 ? {} : { distinctFrom: apart }),
            }),
          ),
      ),
    ),
  );
const anyStart = fc.constantFrom(started, submitted, half, () => half().and(dan, link('build', 7, {})));
const anyDeed = fc
  .tuple(
    fc.constantFrom(pat, dan, erin, vera, olga),
    fc.constantFrom('define', 'build', 'tell', 'legal'),
    fc.constantFrom(
      'Claim',
      'Submit',
      'Submit',
      'Approve',
      'Approve',
      'Skip',
      'Override',
      'Release',
      'Block',
    ),
  )
  .map(([by, key, type]) => ({ by, wanted: on(key, type as 'Claim') }));

test('whatever happened before and whatever the file says: nothing passes, nothing done is undone, and again is nothing', () => {
  const live = (given: Given, { by, wanted }: { by: typeof pat; wanted: Wanted }): Given =>
    typeof given.when(by, wanted) === 'string'
      ? given
      : given.and(by, wanted, { roles: [...roles, 'OVERRIDER'] });
  fc.assert(
    fc.property(anyStart, fc.array(anyDeed, { maxLength: 8 }), anyStages, (start, deeds, stages) => {
      const given = deeds.reduce(live, start());
      const before = opened(given);
      if (before.status !== 'running') return;
      const next = { ...workflow, stages };
      const decision = decide(before, {
        ...migrate(next),
        ...facts(pat),
      } as Parameters<typeof decide>[1]);
      if (decision.refusal !== undefined) {
        expect(decision.refusal.refused).toBe('cannot-migrate');
        expect(decision.events).toEqual([]);
        return;
      }
      const types: readonly string[] = decision.events.map((event) => event.type);
      for (const never of ['GatePassed', 'StageDone', 'StageSkipped', 'ApprovalGiven'])
        expect(types).not.toContain(never);
      const after = given.and(pat, migrate(next));
      for (const one of before.stages.filter(isFinal)) expect(find(after, one.definition.key)).toEqual(one);
      for (const one of before.stages.filter((two) => two.claimant !== undefined))
        expect(find(after, one.definition.key)?.claimant).toEqual(one.claimant);
      expect(opened(after).definition.stages).toEqual(opened(after).stages.map((one) => one.definition));
      if (opened(after).status === 'running') expect(after.when(pat, migrate(next))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
