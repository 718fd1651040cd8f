/** The checklist issue as it should read now: progress, who is waited for, the graph, one line per stage (contract §2). */
import { judgeGate } from '../epic/gate.ts';
import { code, holdersOf, list, nameOf } from '../epic/say-who.ts';
import { isSettled, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { graph } from './graph.ts';
import { checklistLabels } from './labels.ts';
import { writeMarker } from './marker.ts';
import { metadataText } from './metadata.ts';
import { neutral, titleText } from './neutral.ts';
import { moment, progress } from './progress.ts';
import { type Explain, type IssuePicture, longestTitle } from './stage-issue.ts';

const owner = (stage: Stage): string =>
  stage.claimant === undefined ? code(stage.definition.role) : nameOf(stage.claimant);

const gateOf = (epic: OpenedEpic, stage: Stage): string => {
  const { gate } = stage.definition;
  if (gate === undefined) return 'no gate';
  if (stage.override !== undefined) return `gate ${code(gate.name)} OVERRIDDEN by ${nameOf(stage.override.by)}`;
  const { filled, missing } = judgeGate(epic, stage);
  if (stage.status === 'in-review' && missing.length > 0) return `gate ${code(gate.name)} needs ${missing.map(code).join(', ')}`;
  const by = [...new Set(filled.map((one) => nameOf(one.by)))];
  return by.length === 0 ? `gate ${code(gate.name)}` : `gate ${code(gate.name)} passed by ${list(by)}`;
};

const stageLine = (epic: OpenedEpic) => (stage: Stage): string => {
  const number = stage.issue === undefined ? '' : `#${stage.issue.number} `;
  const { key, action } = stage.definition;
  const state = stage.skip === undefined ? shownStatus(stage) : `SKIPPED by ${nameOf(stage.skip.by)}`;
  return `- [${isSettled(stage) ? 'x' : ' '}] ${number}**${key}** ${action} · ${state} · ${owner(stage)} · ${gateOf(epic, stage)}`;
};

const waitingFor = (epic: OpenedEpic): string => {
  if (epic.status === 'done') return `Done since ${moment(epic.endedAt ?? epic.openedAt)}.`;
  if (epic.cancellation !== undefined) {
    const { by, at, text } = epic.cancellation;
    return `**Cancelled** by ${nameOf(by)} on ${moment(at)}: ${neutral(text)}`;
  }
  if (epic.pause !== undefined) {
    const why = epic.pause.text === '' ? '' : `: ${neutral(epic.pause.text)}`;
    return `**Paused** by ${nameOf(epic.pause.by)} since ${moment(epic.pause.at)}${why}`;
  }
  const due = epic.stages.filter((stage) => ['ready', 'in-progress', 'in-review'].includes(stage.status));
  return due.length === 0 ? '' : `Waiting for ${list(due.map((stage) => waited(epic, stage)))}.`;
};

const waited = (epic: OpenedEpic, stage: Stage): string => {
  const key = code(stage.definition.key);
  if (stage.blockers.length > 0) return `a blocker on ${key}`;
  if (stage.status === 'ready') return `${code(stage.definition.role)} to claim ${key}`;
  if (stage.status === 'in-progress') return `${owner(stage)} to submit ${key}`;
  const { missing } = judgeGate(epic, stage);
  return missing.length > 0 ? `${list(missing.map(code))} to approve ${key}` : `the pull request of ${key} to be merged`;
};

const unheld = (epic: OpenedEpic): readonly string[] => {
  const roles = new Set(epic.definition.stages.flatMap((stage) => [stage.role, ...(stage.gate?.approvers ?? [])]));
  const missing = [...roles].filter((role) => holdersOf(epic.rules, role).length === 0);
  if (missing.length === 0 || epic.status === 'done' || epic.status === 'cancelled') return [];
  return ['', '> [!WARNING]', `> Nobody holds ${list(missing.map(code))}. Add them under \`roles:\` in \`.github/gatehouse.yml\`.`];
};

/** The picture of the checklist issue. */
export const checklistIssue = (
  epic: OpenedEpic,
  _explain: Explain,
  sign: (text: string) => string,
): IssuePicture => {
  const { subject, definition, round } = epic;
  const start = `[${definition.name}] `;
  const marker = writeMarker(
    { repository: subject.repository.id, epic: String(subject.issue.id), round, object: 'checklist' },
    sign,
  );
  const body = [
    marker,
    `${progress(epic)} · epic #${subject.issue.number} · workflow ${code(definition.name)} ${definition.version}`,
    '',
    waitingFor(epic),
    ...unheld(epic),
    '',
    ...epic.stages.map(stageLine(epic)),
    '',
    graph(epic),
    ...metadataText(definition),
    '',
    'Comment on a stage issue: `/claim`, `/submit`, `/approve`; anywhere: `/status`, `/why`, `/help`.',
  ].join('\n');
  const over = epic.status === 'done' || epic.status === 'cancelled';
  const reason = epic.status === 'done' ? ('completed' as const) : ('not_planned' as const);
  return {
    title: `${start}${titleText(epic.title, longestTitle - start.length)}`,
    body: body.trim(),
    labels: checklistLabels,
    assignees: [],
    state: over ? 'closed' : 'open',
    ...(over ? { stateReason: reason } : {}),
  };
};
