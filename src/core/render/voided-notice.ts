/** What people are told once when a push or another base made their approval count for nothing. */
import type { EpicEvent } from '../epic/events.ts';
import { code } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { mentioned } from './due.ts';
import { neutralCode } from './neutral.ts';

type Voiding = Extract<EpicEvent, { type: 'PullRequestPushed' | 'PullRequestRetargeted' }>;

const mostFiles = 5;

const changed = (files: readonly string[] | undefined): string => {
  if (files === undefined) return '';
  const left = files.length - mostFiles;
  const shown = files.slice(0, mostFiles).map((file) => neutralCode(file, 100));
  return `, which changed ${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};

/** By whom is left to GitHub: where it did not tell us of the push, nobody here knows. */
const reason = (event: Voiding): string =>
  event.type === 'PullRequestRetargeted'
    ? `#${event.number} was pointed at another base, ${neutralCode(event.base, 100)}`
    : `#${event.number} was pushed to${changed(event.moved?.files)}`;

/** The stage and the words, or undefined where nobody's approval was lost. */
export const voidedNotice = (
  epic: OpenedEpic,
  event: Voiding,
): { readonly stage: string; readonly text: string } | undefined => {
  const pull = epic.pulls.find((one) => one.number === event.number);
  const stage = pull === undefined ? undefined : findStage(epic, pull.stage);
  if (pull === undefined || stage === undefined || event.voided === undefined) return undefined;
  const { mentions } = mentioned(event.voided.map((one) => one.login));
  const { key } = stage.definition;
  const next = `What to type: ${code(`/approve ${key} ${pull.head.slice(0, 7)}`)} once you have read it, or approve the pull request.`;
  return {
    stage: key,
    text: `${mentions.join(' ')}: your approval of ${code(key)} no longer counts, because ${reason(event)}. ${next}`,
  };
};
