/** What `/migrate` answers: every change, what becomes of what has begun, what stands in the way, and the line that does it. */
import type { MigrationPlan, Obstacle } from '../epic/plan-migration.ts';
import { code, list, nameOf } from '../epic/say-who.ts';
import { findStage, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { StageDefinition } from '../workflow/definition.ts';
import type { FieldChange } from '../workflow/diff.ts';
import { cut } from './cut.ts';
import { neutralCode } from './neutral.ts';

/** The file that was looked at. */
export interface LookedAt {
  readonly source: { readonly path: string; readonly commit: string | null };
  readonly to: string;
}

const longest = 20_000;
const mostOfSection = 6_000;
const mostShown = 200;

const value = (text: string): string => (text === '' ? 'none' : neutralCode(text, mostShown));

const fieldText = ({ field, before, after }: FieldChange): string =>
  `${code(field)}: ${value(before)} → ${value(after)}`;

const newText = (stage: StageDefinition): string => {
  const after = stage.dependsOn.length === 0 ? '' : `, after ${list(stage.dependsOn.map(code))}`;
  const gate =
    stage.gate === undefined
      ? ''
      : `, gate ${neutralCode(stage.gate.name, 40)} by ${list(stage.gate.approvers.map(code))}`;
  return `- new: ${code(stage.key)} (${code(stage.role)}: ${neutralCode(stage.action)})${after}${gate}`;
};

const issueText = (epic: OpenedEpic, key: string): string => {
  const issue = findStage(epic, key)?.issue;
  return issue === undefined ? '' : ` (#${issue.number})`;
};

const changes = (epic: OpenedEpic, { diff, leaving }: MigrationPlan): readonly string[] => [
  ...diff.added.map(newText),
  ...leaving.map(
    ({ definition: { key } }) => `- gone: ${code(key)}${issueText(epic, key)}; its issue is closed`,
  ),
  ...diff.changed.map(
    ({ key, fields }) => `- ${code(key)}${issueText(epic, key)}: ${fields.map(fieldText).join('; ')}`,
  ),
  ...diff.about.map((field) => `- of the whole: ${fieldText(field)}`),
  ...(diff.reordered ? ['- the stages stand in another order'] : []),
];

const renames = (epic: OpenedEpic, { diff }: MigrationPlan): readonly string[] =>
  diff.renamed.map(({ from, to }) => {
    const stage = findStage(epic, from);
    const then =
      stage?.status === 'done' || stage?.status === 'skipped'
        ? `${code(from)} is ${stage.status} and stays so, and ${code(to)} would have to be done as well`
        : `${code(to)} begins from the start`;
    return `- ${code(to)} looks like ${code(from)} under another name: a key is a stage, so ${then}`;
  });

const begun = (epic: OpenedEpic, plan: MigrationPlan): readonly string[] => [
  ...plan.kept.map((key) => {
    const stage = findStage(epic, key);
    return `- ${code(key)} is ${stage === undefined ? 'over' : shownStatus(stage)}: it stays as it was, whatever the file says now`;
  }),
  ...plan.diff.changed.flatMap(({ key, fields }) => {
    const claimant = findStage(epic, key)?.claimant;
    const moved = fields.some(({ field }) => field === 'role');
    return claimant === undefined || !moved ? [] : [`- ${code(key)} stays with ${nameOf(claimant)}`];
  }),
  ...plan.voided.map(
    ({ stage, people }) =>
      `- ${code(stage)} gets another gate: what ${list(people.map(nameOf))} said for the old one no longer counts`,
  ),
  ...plan.returned.map(
    (key) => `- ${code(key)} loses its gate while in review: it goes back to its claimant, to submit again`,
  ),
  ...renames(epic, plan),
];

const obstacleText = ({ kind, stage = '', about }: Obstacle): string => {
  const key = code(stage);
  switch (kind) {
    case 'begun-would-go':
      return `- ${key} is begun and would disappear: ${code(`/release ${stage}`)} by its claimant or ${code(`/skip ${stage} <why>`)} first`;
    case 'rounds-would-go':
      return `- ${key} would disappear with its earlier rounds: keep it in the file, or ${code(`/skip ${stage} <why>`)} first`;
    case 'pulls-would-go':
      return `- ${key} would disappear with ${list(about.map((number) => `#${number}`))}: link it elsewhere, or ${code(`/skip ${stage} <why>`)} first`;
    case 'begun-would-wait':
      return `- ${key} is begun and would wait for ${list(about.map((one) => code(String(one))))}: finish that first, or ${code(`/release ${stage}`)}`;
    case 'too-many':
      return `- there would be ${about.join()} stage issues, counting those that were closed: GitHub takes 100 under one checklist`;
  }
};

/** None of them may push the others out: what stands in the way is the last. */
const section = (title: string, lines: readonly string[]): readonly string[] => {
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length <= mostOfSection;
  });
  const left = lines.length - kept.length;
  const more = left === 0 ? [] : [`- … and ${left} more`];
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...kept, ...more];
};

const fileText = ({ source, to }: LookedAt): string => {
  const at = source.commit === null ? 'shipped with Gatehouse' : `at ${code(source.commit.slice(0, 7))}`;
  return `${code(source.path)} (${at}, digest ${code(to)})`;
};

/** What would change, before anything does. */
export const migrationText = (epic: OpenedEpic, plan: MigrationPlan, looked: LookedAt): string => {
  const name = neutralCode(epic.definition.name, 40);
  if (plan.nothing)
    return [
      `${fileText(looked)} is what this epic runs: nothing would change.`,
      ...section('What is over', begun(epic, plan)),
    ].join('\n');
  const blocked = plan.obstacles.length > 0;
  const text = cut(
    [
      `Nothing is changed yet. This epic runs ${name} as it was; ${fileText(looked)} would change this:`,
      ...section('What would change', changes(epic, plan)),
      ...section('What has begun', begun(epic, plan)),
      ...section('What stands in the way', plan.obstacles.map(obstacleText)),
    ].join('\n'),
    longest,
  );
  const next = blocked
    ? `when that is done, ${code('/migrate')} again`
    : `${code(`/migrate ${looked.to}`)} does it; if the file changes before, it is shown again instead`;
  return `${text}\n\n- what to type: ${next}`;
};

/** That it was done; `epic` and `plan` are those from before. */
export const migrationDoneText = (epic: OpenedEpic, plan: MigrationPlan, looked: LookedAt): string =>
  plan.nothing
    ? migrationText(epic, plan, looked)
    : cut(
        [
          `This epic runs ${fileText(looked)} from now on.`,
          ...section('What changed', changes(epic, plan)),
          ...section('What had begun', begun(epic, plan)),
        ].join('\n'),
        longest,
      );
