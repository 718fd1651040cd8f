/** What people are told once when a push, another base or another pull request made their approval count for nothing. */
import type { Person } from '../epic/person.ts';
import { code, list, nameOf } from '../epic/say-who.ts';
import { findStage } from '../epic/stage.ts';
import type { OpenedEpic } from '../epic/state.ts';
import type { Costly } from '../epic/voided.ts';
import { calling } from './calling.ts';
import { neutralCode } from './neutral.ts';

const mostFiles = 5;

const changed = (files: readonly string[] | undefined): string => {
  if (files === undefined) return '';
  const left = files.length - mostFiles;
  const shown = files.slice(0, mostFiles).map((file) => neutralCode(file, 100));
  return `, which changed ${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};

/** An agent's account cannot be called, only named. */
const addressed = (people: readonly Person[]): string =>
  calling(people.map(({ login }) => login)) || `${list(people.map(nameOf))}: `;

/** By whom is left to GitHub: where it did not tell us of the push, nobody here knows. */
const reason = (event: Costly): string => {
  switch (event.type) {
    case 'PullRequestRetargeted':
      return `#${event.number} was pointed at another base, ${neutralCode(event.base, 100)}`;
    case 'PullRequestReopened':
      return `#${event.number} was opened again`;
    case 'PullRequestLinked':
      return `#${event.pull.number} was linked to it, which you have not approved`;
    case 'PullRequestPushed':
      return `#${event.number} was pushed to${changed(event.moved?.files)}`;
  }
};

/** The stage and the words, or undefined where nobody's approval was lost. */
export const voidedNotice = (
  epic: OpenedEpic,
  event: Costly,
): { readonly stage: string; readonly text: string } | undefined => {
  const number = event.type === 'PullRequestLinked' ? event.pull.number : event.number;
  const pull = epic.pulls.find((one) => one.number === number);
  const stage = pull === undefined ? undefined : findStage(epic, pull.stage);
  if (pull === undefined || stage === undefined || event.voided === undefined) return undefined;
  const { key } = stage.definition;
  const next = `What to type: ${code(`/approve ${key} ${pull.head.slice(0, 7)}`)} once you have read it, or approve the pull request.`;
  return {
    stage: key,
    text: `${addressed(event.voided)}your approval of ${code(key)} no longer counts, because ${reason(event)}. ${next}`,
  };
};
