/** `/status` and `/why` as comments. */
import type { Explanation } from '../epic/explanation.ts';
import { code } from '../epic/say-who.ts';
import { shownStatus } from '../epic/stage.ts';
import type { OpenedEpic, Stage } from '../epic/state.ts';
import { bypassLines } from './bypass-text.ts';
import { cut } from './cut.ts';
import { explanationText, missingParts } from './explanation-text.ts';
import { progress } from './progress.ts';
import { reworkText, roundMark } from './round-text.ts';
import { signalNotes } from './signal-notes.ts';
import { statusSign } from './status-sign.ts';
import { waitingFor } from './waiting-for.ts';

const longestReply = 20_000;

/** `/status`: how far the epic is, who is waited for, and one line per stage. */
export const statusReply = (epic: OpenedEpic, explain: (stage: Stage) => Explanation): string => {
  const stages = epic.stages.map((stage) => {
    const number = stage.issue === undefined ? '' : ` (#${stage.issue.number})`;
    const [missing] = missingParts(explain(stage));
    const because = missing === undefined || stage.status === 'waiting' ? '' : `: ${missing.says}`;
    return `- ${code(stage.definition.key)}${number} ${statusSign(shownStatus(stage))}${roundMark(stage)}${because}`;
  });
  const again = reworkText(epic);
  const rework = again === '' ? [] : ['', again];
  const notes = signalNotes(epic).flatMap((note) => [note, '']);
  // An emergency stop is the first of the notes.
  const waits = epic.stop === undefined ? [waitingFor(epic)] : [];
  const bypassed = bypassLines(epic).map((line) => `- ⚠️ ${line}`);
  return cut(
    [progress(epic), '', ...notes, ...waits, ...rework, '', ...bypassed, ...stages].join('\n'),
    longestReply,
  );
};

/** `/why`: the stage's explanation tree. */
export const whyReply = (stage: Stage, explanation: Explanation): string =>
  cut([`**${code(stage.definition.key)}**`, '', explanationText(explanation)].join('\n'), longestReply);
