/** A stage's own issue: what is to be made, who is next, and what to type (contract §2). */
import type { Explanation } from '../epic/explanation.ts';
import { stageObject } from '../epic/object.ts';
import { roundOf } from '../epic/round-of.ts';
import { shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { due } from './due.ts';
import { explanationText } from './explanation-text.ts';
import { bodyOf, type IssuePicture } from './issue-picture.ts';
import { stageLabels } from './labels.ts';
import { writeMarker } from './marker.ts';
import { moment } from './moment.ts';
import { roundMark, roundText } from './round-text.ts';
import { roundsTable } from './rounds-table.ts';
import { stageDetails } from './stage-details.ts';
import { stageHistory } from './stage-history.ts';
import { stageTitle } from './stage-title.ts';
import { statusSign } from './status-sign.ts';
import { waitingFor } from './waiting-for.ts';

export type { IssuePicture };

/** How often it was submitted in this round (requirements S-08). */
const attempts = ({ submission }: Stage): string =>
  submission < 2 ? '' : ` · submitted ${submission} times`;

const stateLine = (epic: OpenedEpic, stage: Stage): string => {
  const position = epic.stages.indexOf(stage) + 1;
  return `**${statusSign(shownStatus(stage))}** since ${moment(stage.since)} · stage ${position} of ${epic.stages.length} of #${epic.subject.issue.number}${roundMark(stage)}${attempts(stage)}`;
};

const asked: Readonly<Record<string, string>> = {
  ready: 'this stage can be claimed',
  'in-review': 'this stage waits for your approval',
  'in-progress': 'this stage was rejected and is yours to mend',
};

const turn = (epic: OpenedEpic, stage: Stage): string => {
  const { mentions, more } = due(epic, stage);
  if (mentions.length === 0) return epic.status === 'running' ? '' : waitingFor(epic);
  const others = more === 0 ? '' : ` (and ${more} more)`;
  return `${mentions.join(' ')}${others}: ${asked[shownStatus(stage)] ?? 'it is your turn'}.`;
};

const toType = (epic: OpenedEpic, stage: Stage): string => {
  const words: Readonly<Record<string, string>> = {
    ready: '`/claim` takes this stage.',
    'in-progress': `\`/submit\` says it is ready${stage.definition.gate === undefined ? ' and done' : ' for its gate'}; \`/release\` gives it back; \`/evidence <url or text>\` records something; \`/block <reason>\` stops it.`,
    'in-review': '`/approve` or `/reject <reason>` decides; on a linked pull request a review does the same.',
    blocked: '`/unblock` lifts the blocker.',
    waiting: 'Nothing yet: it can be claimed once what it depends on is done.',
  };
  const line = epic.status === 'paused' ? '`/resume` lets the epic go on.' : words[shownStatus(stage)];
  return line === undefined
    ? ''
    : `### What to type\n\n${line} \`/why\` says what is missing, \`/help\` lists every command.`;
};

const stateOf = (stage: Stage): Pick<IssuePicture, 'state' | 'stateReason'> => {
  if (stage.status === 'done') return { state: 'closed', stateReason: 'completed' };
  if (stage.status === 'skipped' || stage.status === 'cancelled')
    return { state: 'closed', stateReason: 'not_planned' };
  return { state: 'open' };
};

/** A waiting stage only lists what it depends on; the whole tree would change with every move of another stage. */
const missing = (stage: Stage, explain: (key: string) => Explanation): string => {
  if (stage.status === 'waiting') return '';
  const explanation = explain(stage.definition.key);
  return `### ${explanation.holds ? 'Nothing is missing' : 'What is missing'}\n\n${explanationText(explanation)}`;
};

/** A stage's issue as it should look now. `explain` gives the stage's explanation, `sign` the marker's signature. */
export const stageIssue = (
  epic: OpenedEpic,
  stage: Stage,
  explain: (key: string) => Explanation,
  sign: (text: string) => string,
): IssuePicture => {
  const { subject, round } = epic;
  const { key } = stage.definition;
  const marker = {
    repository: subject.repository.id,
    epic: String(subject.issue.id),
    round,
    object: stageObject(key, roundOf(stage)),
  };
  const body = bodyOf([
    { text: writeMarker(marker, sign) },
    { text: stateLine(epic, stage) },
    { text: turn(epic, stage) },
    { text: roundText(stage) },
    ...stageHistory(epic, stage),
    { text: missing(stage, explain), spare: 1 },
    { text: toType(epic, stage) },
    ...stageDetails(epic, stage),
    { text: roundsTable(stage), spare: 2 },
  ]);
  return {
    title: stageTitle(epic, stage),
    body,
    labels: stageLabels(stage),
    assignees: stage.claimant === undefined ? [] : [stage.claimant.login],
    ...stateOf(stage),
  };
};
