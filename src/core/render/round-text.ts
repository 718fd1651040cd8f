/** The rounds of a stage in words: which one it is, why it began, where the one before it is. */
import { pastRounds, roundOf } from '../epic/round-of.ts';
import { code, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic, Reopening, Stage } from '../epic/state.ts';
import { moment } from './moment.ts';
import { neutral } from './neutral.ts';

/** ` · round 2`; nothing in the first. */
export const roundMark = (stage: Stage): string => (roundOf(stage) === 1 ? '' : ` · round ${roundOf(stage)}`);

/** "`em` went back to `1_define` on …: the numbers do not add up". */
export const wentBack = ({ by, root, at, text }: Reopening): string =>
  `${nameOf(by)} went back to ${code(root)} on ${moment(at)}: ${neutral(text)}`;

/** Why this round began; nothing in the first. */
export const roundText = (stage: Stage): string =>
  stage.reopening === undefined
    ? ''
    : `> [!NOTE]\n> **Round ${roundOf(stage)}**: ${wentBack(stage.reopening)}\n> Nothing of an earlier round counts in this one.`;

/** How often an epic went back, by stage; nothing where it never did. */
export const reworkText = (epic: OpenedEpic): string => {
  const again = epic.stages.filter((stage) => pastRounds(stage).length > 0);
  const count = again.reduce((sum, stage) => sum + pastRounds(stage).length, 0);
  if (count === 0) return '';
  const each = again.map((stage) => `${code(stage.definition.key)} ${pastRounds(stage).length}×`);
  return `**Done again:** ${count} ${count === 1 ? 'round' : 'rounds'} (${each.join(', ')})`;
};
