/** A stage issue as it should read now: what is asked, how it stands, who acts next and what they type (contract §2). */
import type { Explanation } from '../epic/explanation.ts';
import { judgeGate } from '../epic/gate.ts';
import { code, holdersOf, nameOf } from '../epic/say-who.ts';
import { isFinal, isSettled, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { explanationText } from './explanation-text.ts';
import { stageLabels } from './labels.ts';
import { writeMarker } from './marker.ts';
import { cut, neutral, titleText } from './neutral.ts';
import { moment } from './progress.ts';

/** An issue as data: what GitHub should show. */
export interface IssuePicture {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Logins. */
  readonly assignees: readonly string[];
  readonly state: 'open' | 'closed';
  readonly stateReason?: 'completed' | 'not_planned';
}

/** GitHub's limit for titles. */
export const longestTitle = 256;
const longestNotes = 6_000;
const mostMentions = 10;

/** The same stage key explained; handed in so that every place shows the same tree. */
export type Explain = (key: string) => Explanation;

const mention = (name: string): string => (name.startsWith('@') ? name : `@${name}`);

/** Only those who must act now are called, and only here (design: quiet). */
const calling = (epic: OpenedEpic, stage: Stage): string => {
  if (epic.status !== 'running' || stage.blockers.length > 0) return '';
  const roles =
    stage.status === 'ready'
      ? [stage.definition.role]
      : stage.status === 'in-review'
        ? judgeGate(epic, stage).missing
        : [];
  const names = [...new Set(roles.flatMap((role) => holdersOf(epic.rules, role)))].slice(0, mostMentions);
  if (stage.status === 'in-progress' && stage.rejection !== undefined && stage.claimant !== undefined) {
    return `Next: ${mention(stage.claimant.login)}`;
  }
  return names.length === 0 ? '' : `Next: ${names.map(mention).join(', ')}`;
};

const standing = (stage: Stage): readonly string[] => {
  const by = stage.claimant === undefined ? '' : `, claimed by ${nameOf(stage.claimant)}`;
  const note = stage.note === '' ? [] : [`> Submitted with: ${neutral(stage.note)}`];
  return [
    `**${shownStatus(stage)}** since ${moment(stage.since)}${by}`,
    ...(stage.status === 'in-review' || stage.status === 'done' ? note : []),
    ...(stage.rejection === undefined
      ? []
      : [`> Rejected by ${nameOf(stage.rejection.by)} on ${moment(stage.rejection.at)}: ${neutral(stage.rejection.text)}`]),
    ...(stage.skip === undefined
      ? []
      : [`> **SKIPPED** by ${nameOf(stage.skip.by)}: ${neutral(stage.skip.text)}`]),
    ...(stage.override === undefined
      ? []
      : [`> Gate **OVERRIDDEN** by ${nameOf(stage.override.by)}: ${neutral(stage.override.text)}`]),
    ...stage.blockers.map((one) => `> Blocked by ${nameOf(one.by)} since ${moment(one.at)}: ${neutral(one.text)}`),
  ];
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];

/** Keys, not numbers: a stage's text does not change whenever another one moves. */
const dependencies = (epic: OpenedEpic, stage: Stage): readonly string[] =>
  stage.definition.dependsOn.map((key) => {
    const over = epic.stages.some((one) => one.definition.key === key && isSettled(one));
    return `- ${code(key)} ${over ? 'is done' : 'is not done yet'}`;
  });

/** A waiting stage says only that it waits; what exactly for, /why tells without repainting it each time. */
const missing = (stage: Stage, explain: Explain): readonly string[] =>
  isFinal(stage) || stage.status === 'waiting' ? [] : [explanationText(explain(stage.definition.key))];

const gate = (stage: Stage): readonly string[] => {
  const { gate: asked } = stage.definition;
  if (asked === undefined) return ['No gate: the stage is done when it is submitted.'];
  return [`${code(asked.name)}, one approval each of ${asked.approvers.map(code).join(', ')}`];
};

const words: Readonly<Record<string, string>> = {
  ready: '`/claim` takes the stage.',
  'in-progress': '`/submit` hands it to its gate · `/evidence <url or text>` records evidence · `/release` gives it back.',
  'in-review': '`/approve` or `/reject <reason>`, or a review of its pull request.',
  blocked: '`/unblock` once the blocker is gone.',
};

const typing = (epic: OpenedEpic, stage: Stage): readonly string[] => {
  const tail = '`/why` says what is missing, `/help` lists the commands.';
  if (epic.status === 'paused') return [`The epic is paused. \`/resume\` lets it go on. ${tail}`];
  const next = words[shownStatus(stage)];
  return isFinal(stage) ? [] : [`${next === undefined ? '' : `${next} `}${tail}`];
};

const body = (epic: OpenedEpic, stage: Stage, explain: Explain): string => {
  const { definition } = stage;
  const notes = definition.notes === undefined ? [] : [cut(definition.notes.trim(), longestNotes)];
  const evidence = stage.evidence.map((one) => `- ${neutral(one.text)} (${nameOf(one.by)}, ${moment(one.at)})`);
  return [
    ...standing(stage),
    calling(epic, stage),
    ...section('Role', [code(definition.role)]),
    ...section('Output', definition.output === undefined ? [] : [definition.output]),
    ...section('Deliverables', definition.deliverables.map((one) => `- [ ] ${one}`)),
    ...section('Depends on', dependencies(epic, stage)),
    ...section('Gate', gate(stage)),
    ...section('How it stands', missing(stage, explain)),
    ...section('Evidence', evidence),
    ...section('Notes', notes),
    ...section('What to type', typing(epic, stage)),
  ].join('\n');
};

/** The picture of one stage. */
export const stageIssue = (
  epic: OpenedEpic,
  stage: Stage,
  explain: Explain,
  sign: (text: string) => string,
): IssuePicture => {
  const { key, action } = stage.definition;
  const start = `${key}: ${action} (`;
  const marker = writeMarker(
    {
      repository: epic.subject.repository.id,
      epic: String(epic.subject.issue.id),
      round: epic.round,
      object: `stage:${key}`,
    },
    sign,
  );
  const over = isFinal(stage);
  return {
    title: `${start}${titleText(epic.title, longestTitle - start.length - 1)})`,
    body: `${marker}\n${body(epic, stage, explain)}`.trim(),
    labels: stageLabels(stage),
    assignees: stage.claimant === undefined ? [] : [stage.claimant.login],
    state: over ? 'closed' : 'open',
    ...(over ? { stateReason: stage.status === 'done' ? ('completed' as const) : ('not_planned' as const) } : {}),
  };
};
