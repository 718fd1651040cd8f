/** What a stage asks for, as its workflow file says: role, output, deliverables, dependencies, gate, notes. */
import { conditionText } from '../epic/condition.ts';
import { judgeGate } from '../epic/gate.ts';
import { code, list, nameOf, whoHolds } from '../epic/say-who.ts';
import { findStage, isFinal, isSettled } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { actorOf } from '../epic/substitution.ts';
import type { Role } from '../workflow/definition.ts';
import { criteriaList } from './criteria-list.ts';
import type { Section } from './issue-picture.ts';
import { moment } from './moment.ts';
import { neutral, neutralCode } from './neutral.ts';

const mostItems = 60;

const titled = (title: string, lines: readonly string[]): string => {
  if (lines.length === 0) return '';
  const left = lines.length - mostItems;
  return [
    `### ${title}`,
    '',
    ...lines.slice(0, mostItems),
    ...(left > 0 ? [`- … and ${left} more`] : []),
  ].join('\n');
};

const task = (epic: OpenedEpic, stage: Stage): string => {
  const { definition } = stage;
  const lines = [
    `**Role:** ${whoHolds(epic.rules, definition.role)}`,
    ...(stage.claimant === undefined
      ? []
      : [
          `**Claimed by:** ${actorOf({ by: stage.claimant, ...(stage.claimedFor && { instead: stage.claimedFor }) })}`,
        ]),
    `**To do:** ${neutral(definition.action, { max: 120 })}`,
    ...(definition.output === undefined ? [] : [`**Output:** ${neutral(definition.output)}`]),
  ];
  return ['### Task', '', ...lines.map((line) => `- ${line}`)].join('\n');
};

/** Done or not, nothing finer: a stage's body must not change, at a request each, whenever another stage moves. */
const dependencies = (epic: OpenedEpic, stage: Stage): readonly string[] =>
  stage.definition.dependsOn.map((key) => {
    const other = findStage(epic, key);
    const over = other !== undefined && isSettled(other);
    return `- ${code(key)} · ${over ? 'done' : 'not done yet'}`;
  });

const asked = (stage: Stage, role: Role): string => {
  const people = (stage.reviewers ?? []).filter((one) => one.role === role);
  return people.length === 0 ? '' : ` · asked: ${list(people.map(actorOf))}`;
};

const gate = (epic: OpenedEpic, stage: Stage): string => {
  const { gate: definition } = stage.definition;
  if (definition === undefined) return '### Gate\n\nNone: the stage is done when it is submitted.';
  const { filled, consents, wanted } = judgeGate(epic, stage);
  const over = isFinal(stage) || stage.override !== undefined || stage.timedOut !== undefined;
  const awaited = (role: Role): string =>
    over
      ? `- – ${code(role)}: has not approved`
      : `- ${wanted.includes(role) ? '⏳' : '–'} ${whoHolds(epic.rules, role)}${asked(stage, role)}`;
  const lines = definition.approvers.map((role) => {
    const fills = filled.find((one) => one.role === role);
    const at = consents.find((one) => one.by.id === fills?.by.id)?.at;
    return fills === undefined
      ? awaited(role)
      : `- ✅ ${code(role)}: approved by ${actorOf(fills)}${at === undefined || at === '' ? '' : ` on ${moment(at)}`}`;
  });
  const waiting = consents.flatMap(({ by, not, condition }) =>
    over || not !== 'condition' || condition === undefined
      ? []
      : [`- ⏳ ${nameOf(by)} approves ${conditionText(condition)}: not counted yet`],
  );
  return titled(`Gate ${neutralCode(definition.name)}`, [...lines, ...waiting]);
};

const notes = (text: string | undefined): string => {
  const lines = (text ?? '').slice(0, 6_000).split(/\r\n|\n|\r/);
  const quoted = lines.map((line) => `> ${neutral(line, { max: 1_000 })}`.trimEnd());
  return text === undefined || text.trim() === '' ? '' : ['### Notes', '', ...quoted].join('\n');
};

/** The lower part of a stage's issue; the notes are the first to be left out where space is short. */
export const stageDetails = (epic: OpenedEpic, stage: Stage): readonly Section[] => {
  const ticked = stage.status === 'done' ? 'x' : ' ';
  const deliverables = stage.definition.deliverables.map(
    (one) => `- [${ticked}] ${neutral(one, { max: 300 })}`,
  );
  return [
    { text: task(epic, stage) },
    { text: titled('Deliverables', deliverables), spare: 2 },
    { text: titled('Depends on', dependencies(epic, stage)), spare: 1 },
    { text: gate(epic, stage) },
    ...criteriaList(epic, stage).map((text) => ({ text })),
    { text: notes(stage.definition.notes), spare: 4 },
  ];
};
