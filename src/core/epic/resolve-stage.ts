/** Which stage a person means: the one they named, the one they stand on, or the only one it can be (contract §4). */
import type { StageKey } from '../workflow/definition.ts';
import type { Place } from './commands.ts';
import { type Refusal, refuse } from './refusal.ts';
import { code, list } from './say-who.ts';
import { findStage, shownStatus } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** What was typed and where. */
export interface Pointing {
  readonly on: Place;
  readonly stage?: StageKey;
  /** The command's name, or its type where that is the same word. */
  readonly type: string;
}

const named = (epic: OpenedEpic, key: StageKey): Stage | Refusal =>
  findStage(epic, key) ??
  refuse('unknown-stage', `This epic has no stage ${code(key)}.`, {
    next: `one of ${list(epic.stages.map((stage) => code(stage.definition.key)))}`,
  });

/** A pull request somebody without write access tied to a stage speaks for no stage: who reads it might approve another (contract §5). */
const stageHere = (epic: OpenedEpic, on: Place): StageKey | Refusal | undefined => {
  if (on.kind === 'stage') return on.stage;
  if (on.kind !== 'pull') return undefined;
  const pull = epic.pulls.find((one) => one.number === on.number);
  if (pull?.link !== 'proposed') return pull?.stage;
  const issue = findStage(epic, pull.stage)?.issue?.number ?? '<stage issue>';
  return refuse('link-unconfirmed', `The link of #${pull.number} to a stage is not confirmed yet.`, {
    who: 'anyone with write access to this repository',
    next: code(`/link #${issue}`),
  });
};

/** Commands that say everything with a stage; the others need words behind it. */
const whole: ReadonlySet<string> = new Set([
  ...['/claim', '/release', '/extend', '/submit', '/approve', '/unblock', '/retry', '/withdraw'],
]);

/**
 * Finds the stage a command is about.
 * `fits` says which stages it could sensibly mean; used only where the comment's place does not decide.
 * Refuses with `unknown-stage`, `link-unconfirmed`, or `which-stage` when none or several fit.
 */
export const resolveStage = (
  epic: OpenedEpic,
  pointing: Pointing,
  fits: (stage: Stage) => boolean,
): Stage | Refusal => {
  const key = pointing.stage ?? stageHere(epic, pointing.on);
  if (typeof key === 'object') return key;
  if (key !== undefined) return named(epic, key);
  const candidates = epic.stages.filter(fits);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const word = `/${pointing.type.toLowerCase()}`;
  if (candidates.length > 1) {
    const keys = candidates.map((stage) => stage.definition.key);
    return refuse('which-stage', `Several stages could be meant: ${list(keys.map(code))}.`, {
      next: code(`${word} ${keys[0]}${whole.has(word) ? '' : ' …'}`),
    });
  }
  const states = epic.stages.map((stage) => `${code(stage.definition.key)} is ${shownStatus(stage)}`);
  return refuse('which-stage', `No stage can be meant by ${code(word)} now: ${list(states)}.`, {
    next: 'name the stage after the command, or comment on its own issue',
  });
};
