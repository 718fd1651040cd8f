/** A stage's own issue: what is to be made, who is next, and what to type (contract §2). */
import type { Explanation } from '../epic/explanation.ts';
import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { stageObject } from '../epic/object.ts';
import { priorityOf } from '../epic/priority.ts';
import { roundOf } from '../epic/round-of.ts';
import { code } from '../epic/say-who.ts';
import { isFinal, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { due, isAsked } from './due.ts';
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
  const hold = isFinal(stage) ? undefined : heldBy(epic, stage);
  const paused = hold === undefined ? '' : ` · **paused** since ${moment(hold.at)}`;
  const [blocker] = shownStatus(stage) === 'blocked' ? stage.blockers : [];
  return `**${statusSign(shownStatus(stage))}** since ${moment(blocker?.at ?? stage.since)}${paused} · stage ${position} of ${epic.stages.length} of #${epic.subject.issue.number}${roundMark(stage)}${attempts(stage)}`;
};

const asked: Readonly<Record<string, string>> = {
  ready: 'this stage can be claimed',
  'in-review': 'this stage waits for your approval',
  'in-progress': 'this stage was rejected and is yours to mend',
};

/** What is over says nothing of how the rest goes on: it would be written again with every pause. */
const turn = (epic: OpenedEpic, stage: Stage): string => {
  if (isFinal(stage)) return stage.status === 'cancelled' ? waitingFor(epic) : '';
  const { mentions, more } = due(epic, stage);
  if (mentions.length === 0) return epic.status === 'running' ? '' : waitingFor(epic);
  const others = more === 0 ? '' : ` (and ${more} more)`;
  if (isAsked(stage)) return `${mentions.join(' ')}${others}: a question waits for your answer.`;
  const settle = shownStatus(stage) === 'in-review' && judgeGate(epic, stage).missing.length === 0;
  const words = settle ? 'what keeps this gate shut is yours to settle' : asked[shownStatus(stage)];
  return `${mentions.join(' ')}${others}: ${words ?? 'it is your turn'}.`;
};

const atGate = (epic: OpenedEpic, stage: Stage): string => {
  const { passed, missing } = judgeGate(epic, stage);
  if (passed) return 'The gate is passed; `/reject <reason>` still sends it back.';
  return missing.length === 0 || stage.timedOut !== undefined
    ? 'No approval is missing: what else keeps the gate shut stands above. `/reject <reason>` sends it back.'
    : '`/approve` or `/reject <reason>` decides; on a linked pull request a review does the same.';
};

const toType = (epic: OpenedEpic, stage: Stage): string => {
  const words: Readonly<Record<string, string>> = {
    ready: '`/claim` takes this stage.',
    'in-progress': `\`/submit\` says it is ready${stage.definition.gate === undefined ? ' and done' : ' for its gate'}; \`/release\` gives it back; \`/evidence <url or text>\` records something; \`/block <reason>\` stops it.`,
    'in-review': atGate(epic, stage),
    blocked:
      stage.blockers.length > 1
        ? '`/unblock <name>` lifts one of the blockers.'
        : '`/unblock` lifts the blocker.',
    waiting: 'Nothing yet: it can be claimed once what it depends on is done.',
  };
  if (isFinal(stage)) return '';
  const hold = heldBy(epic, stage);
  const resume = hold === undefined ? '/resume' : `/resume ${hold.part.name}`;
  const whole =
    epic.stop === undefined
      ? '`/resume` lets the epic go on.'
      : '`/resume` by somebody with an override role lifts the emergency stop.';
  const paused = epic.status === 'paused' ? whole : `${code(resume)} lets it go on.`;
  const answers =
    '`/answer <text>` (to a request: `/evidence <url or text>`) lets the approvers go on; `/withdraw` takes a question back.';
  const plain = isAsked(stage) ? answers : words[shownStatus(stage)];
  const line = epic.status === 'paused' || hold !== undefined ? paused : plain;
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

/** A waiting stage only lists what it depends on, a cancelled one nothing; the whole tree would change with every move of another stage. */
const missing = (stage: Stage, explain: (key: string) => Explanation): string => {
  if (stage.status === 'waiting' || stage.status === 'cancelled') return '';
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
    labels: stageLabels(stage, priorityOf(epic, stage)),
    assignees: stage.claimant === undefined ? [] : [stage.claimant.login],
    ...stateOf(stage),
  };
};
