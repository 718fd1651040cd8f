/** The title of a stage's issue: contract §2's, with the round from the second one on. */
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { titleText } from './neutral.ts';
import { roundMark } from './round-text.ts';

const mostTitle = 256;

/** `2_design: make_mockups (Faster checkout)`, ` · round 2` behind it where it is. */
export const stageTitle = (epic: OpenedEpic, stage: Stage): string => {
  const fixed = `${titleText(stage.definition.key, 60)}: ${titleText(stage.definition.action, 120)} (`;
  const mark = roundMark(stage);
  return `${fixed}${titleText(epic.title, mostTitle - fixed.length - 1 - mark.length)})${mark}`;
};
