/** What must hold for any text, any workflow and any graph, not only for the examples. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseConfiguration } from '../../../src/core/workflow/configuration.ts';
import type { StageDefinition, WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { printProblem } from '../../../src/core/workflow/problem.ts';
import { runs } from '../../fuzz/effort.ts';

const lineText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '-').trim() || 'x');
const names = (most: number) =>
  fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,9}$/), { minLength: 1, maxLength: most });
const role = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,9}$/);

const stageNamed = (key: string, earlier: readonly string[]): fc.Arbitrary<StageDefinition> =>
  fc
    .record({
      role,
      action: lineText,
      output: fc.option(lineText, { nil: undefined }),
      deliverables: fc.array(lineText, { maxLength: 4 }),
      dependsOn: fc.subarray([...earlier]),
      approvers: fc.uniqueArray(role, { maxLength: 3 }),
      notes: fc.option(lineText, { nil: undefined }),
    })
    .map(({ approvers, output, notes, ...rest }) => ({
      key,
      ...rest,
      ...(output === undefined ? {} : { output }),
      ...(notes === undefined ? {} : { notes }),
      ...(approvers.length === 0 ? {} : { gate: { name: 'review', approvers } }),
    }));

const workflow: fc.Arbitrary<WorkflowDefinition> = names(8)
  .chain((keys) => fc.tuple(...keys.map((key, index) => stageNamed(key, keys.slice(0, index)))))
  .chain((stages) =>
    fc.record({
      name: fc
        .stringMatching(/^[a-z][a-z0-9_-]{0,20}$/)
        .filter((name) => !/^(name|stages|steps|constructor|prototype)$/.test(name)),
      version: lineText.map((text) => text.slice(0, 20).trim()),
      description: lineText,
      metadata: fc.record({
        participants: fc.array(lineText, { maxLength: 3 }),
        successCriteria: fc.array(lineText, { maxLength: 3 }),
        priorityLevels: fc.constant([]),
        criticalPath: fc.array(lineText, { maxLength: 2 }),
        failureModes: fc.array(lineText, { maxLength: 2 }),
        extra: fc.constantFrom([], [{ name: 'house_rules', value: { a: [1, true, null, 'x'] } }]),
      }),
      stages: fc.shuffledSubarray(stages, { minLength: stages.length }),
    }),
  );

const writeStage = (stage: StageDefinition) => ({
  stage: stage.key,
  role: stage.role,
  action: stage.action,
  output: stage.output,
  deliverables: stage.deliverables,
  depends_on: stage.dependsOn,
  approval_gate: stage.gate?.name,
  approvers: stage.gate?.approvers,
  notes: stage.notes,
});

function write(definition: WorkflowDefinition, dialect: 'stages' | 'keyed'): string {
  const { metadata, name, version, description } = definition;
  const { participants } = metadata;
  const body = { version, description, participants, stages: definition.stages.map(writeStage) };
  const workflow_metadata = {
    success_criteria: metadata.successCriteria,
    critical_path: metadata.criticalPath,
    failure_modes: metadata.failureModes,
    ...Object.fromEntries(metadata.extra.map((block) => [block.name, block.value])),
  };
  const whole =
    dialect === 'stages' ? { name, ...body, workflow_metadata } : { [name]: body, workflow_metadata };
  return stringify(whole, { aliasDuplicateObjects: false });
}

describe('any text', () => {
  const piece = fc.constantFrom(
    'name: a\n',
    'stages:\n',
    '- ',
    '  ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '\n',
    '&a ',
    '*a ',
    '"',
    "'",
    '|',
    '#',
    '\t',
    '? ',
    '!',
    '%',
    '---\n',
    'stage',
    'roles:',
    'policy:',
    '\u0000',
    '\ud800',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
  );

  test('a hostile or broken file gets problems with a place, never an exception', () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const result of [parseWorkflow(source, 'x.yml'), parseConfiguration(source, 'x.yml')]) {
          if (!('problems' in result)) continue;
          expect(result.problems.length).toBeGreaterThan(0);
          for (const problem of result.problems) {
            expect(problem.line).toBeGreaterThanOrEqual(1);
            expect(problem.column).toBeGreaterThanOrEqual(1);
            expect(printProblem(problem, source).split('\n')).toHaveLength(3);
          }
        }
      }),
      runs(600),
    );
  });
});

describe('any workflow', () => {
  test.each(['stages', 'keyed'] as const)('written in the %s dialect comes back as it was', (dialect) => {
    fc.assert(
      fc.property(workflow, (definition) => {
        expect(parseWorkflow(write(definition, dialect), 'x.yml')).toEqual({ definition });
      }),
      runs(50),
    );
  });

  test('with one dependency turned back on itself, a cycle is named whose every arrow is in the file', () => {
    const looped = fc
      .tuple(fc.integer({ min: 2, max: 12 }), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }))
      .map(([size, dice]) => {
        const waits = Array.from(
          { length: size },
          (_, i) =>
            new Set(
              Array.from({ length: i }, (_unused, j) => j).filter(
                (j) => j === i - 1 || (dice[i + j] ?? 0) % 3 === 0,
              ),
            ),
        );
        const top = 1 + ((dice[0] ?? 0) % (size - 1));
        waits[(dice[1] ?? 0) % top]?.add(top);
        return waits.map((needs) => [...needs].map((need) => `s${need}`));
      });
    fc.assert(
      fc.property(looped, (graph) => {
        const stages = graph.map((depends_on, i) => ({ stage: `s${i}`, role: 'R', action: 'x', depends_on }));
        const result = parseWorkflow(stringify({ name: 'loop', stages }), 'x.yml');
        const cycles = 'problems' in result ? result.problems.filter(({ code }) => code === 'cycle') : [];
        expect(cycles.length).toBeGreaterThan(0);
        for (const { message } of cycles) {
          const path = [...message.matchAll(/`s(\d+)`/g)].map(([, number]) => Number(number));
          expect(path.at(0)).toBe(path.at(-1));
          path.slice(1).forEach((need, i) => {
            expect(graph[path[i] ?? -1]).toContain(`s${need}`);
          });
        }
      }),
      runs(100),
    );
  });
});
