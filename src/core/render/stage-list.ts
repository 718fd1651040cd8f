/** The checklist's task list: one line per stage with its issue, state, owner and gate (contract §2). */

import { judgeGate } from '../epic/gate.ts';
import { heldBy } from '../epic/hold.ts';
import { openQuestions } from '../epic/question.ts';
import { list, nameOf } from '../epic/say-who.ts';
import { isFinal, isSettled, shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { actorOf } from '../epic/substitution.ts';
import { timedOutWords } from '../epic/timed-out.ts';
import { neutral, neutralCode } from './neutral.ts';
import { roundMark } from './round-text.ts';
import { statusSign } from './status-sign.ts';

const mostCharacters = 12_000;

const gateText = (epic: OpenedEpic, stage: Stage): string => {
  const { gate } = stage.definition;
  if (gate === undefined) return '';
  const name = ` · gate ${neutralCode(gate.name, 40)}`;
  if (stage.override !== undefined) return `${name} **OVERRIDDEN** by ${actorOf(stage.override)}`;
  const timedOut = timedOutWords(epic, stage);
  if (timedOut !== undefined) return `${name} **${timedOut.replace(/ \w+$/, '')}**`;
  const { filled, missing } = judgeGate(epic, stage);
  if (stage.skip !== undefined) return name;
  const given = filled.length === 0 ? [] : [`approved by ${list(filled.map(actorOf))}`];
  const open =
    missing.length === 0 || stage.status !== 'in-review'
      ? []
      : [`needs ${list(missing.map((role) => neutralCode(role)))}`];
  const parts = [...given, ...open];
  return parts.length === 0 ? name : `${name} (${parts.join('; ')})`;
};

const skipText = (stage: Stage): string =>
  stage.skip === undefined ? '' : ` · **SKIPPED** by ${actorOf(stage.skip)}`;

const signals = (epic: OpenedEpic, stage: Stage): string => {
  if (isFinal(stage)) return '';
  const urgent = stage.priority === undefined ? '' : ` · priority **${stage.priority.level}**`;
  const asked = openQuestions(stage).map(({ id }) => id);
  const open = asked.length === 0 ? '' : ` · open: ${list(asked)}`;
  return `${heldBy(epic, stage) === undefined ? '' : ' · **paused**'}${urgent}${open}`;
};

const owner = (stage: Stage): string => (stage.claimant === undefined ? '' : ` · ${nameOf(stage.claimant)}`);

const short = (stage: Stage): string => {
  const box = isSettled(stage) ? 'x' : ' ';
  const number = stage.issue === undefined ? '' : `#${stage.issue.number} `;
  return `- [${box}] ${number}**${neutral(stage.definition.key, { max: 50 })}** · ${statusSign(shownStatus(stage))}${roundMark(stage)}`;
};

const full = (epic: OpenedEpic, stage: Stage): string =>
  `${short(stage)} · ${neutral(stage.definition.action, { max: 60 })}${owner(stage)}${signals(epic, stage)}${skipText(stage)}${gateText(epic, stage)}`;

/** One line per stage; shorter lines where the full ones would fill pages, and at last only a number of those left out. */
export const stageList = (epic: OpenedEpic): string => {
  const lines = epic.stages.map((stage) => full(epic, stage));
  if (lines.join('\n').length <= mostCharacters) return lines.join('\n');
  let length = 0;
  const kept = epic.stages
    .map((stage) => `${short(stage)}${skipText(stage)}`)
    .filter((line) => {
      length += line.length + 1;
      return length <= mostCharacters;
    });
  const left = epic.stages.length - kept.length;
  return left === 0 ? kept.join('\n') : [...kept, `- … and ${left} more`].join('\n');
};
