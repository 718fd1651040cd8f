/** Tying a pull request to a stage; without write access it is only proposed (contract §5). */
import type { Link, Unlink } from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { overtaken } from '../overtaken.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { requireLive } from '../require.ts';
import { roundOf } from '../round-of.ts';
import { code } from '../say-who.ts';
import { findStage, shownStatus } from '../stage.ts';
import type { OpenedEpic, Pull } from '../state.ts';
import { withVoided } from '../voided.ts';

interface Wanted {
  readonly link: Pull['link'];
  readonly round: number;
}

const sameLink = (pull: Pull, command: Link, { link, round }: Wanted): boolean =>
  pull.stage === command.stage &&
  roundOf(pull) === round &&
  pull.link === link &&
  pull.state === command.pull.state &&
  pull.head === command.pull.head;

/** Whether it was in front of the gate already as it is now: what was only proposed, nobody looked at there (threats T35). */
const wasSeen = (known: Pull, command: Link, { round }: Wanted): boolean =>
  known.stage === command.stage &&
  known.link === 'linked' &&
  roundOf(known) === round &&
  known.state !== 'closed' &&
  known.head === command.pull.head;

/** What /link said, or what was merged for its stage, no longer depends on what body and branch say. */
const isSettled = (pull: Pull): boolean =>
  pull.via === 'command' || (pull.link === 'linked' && pull.state === 'merged');

const linkable = (epic: OpenedEpic, command: Link): Refusal | undefined => {
  const stage = findStage(epic, command.stage);
  if (stage === undefined) return refuse('unknown-stage', `This epic has no stage ${code(command.stage)}.`);
  if (command.via !== 'command') return undefined;
  if (!command.canWrite) {
    return refuse('write-needed', 'You may not link pull requests: that takes write access here.', {
      who: 'anyone with write access to this repository',
    });
  }
  if (stage.status !== 'done') return undefined;
  return refuse(
    'already-done',
    `${code(command.stage)} is ${shownStatus(stage)}; its gate did not see this pull request.`,
  );
};

/**
 * `PullRequestLinked`, `proposed` where the author of a link in body or branch has no write access.
 * A link said with /link outlives what the body says later; saying again what holds changes nothing.
 */
export const link = (epic: OpenedEpic, command: Link): readonly EpicEvent[] | Refusal => {
  const refused = (command.via === 'command' ? requireLive(epic) : undefined) ?? linkable(epic, command);
  if (refused !== undefined) return refused;
  const known = epic.pulls.find((pull) => pull.number === command.pull.number);
  const state: Pull['link'] = command.canWrite ? 'linked' : 'proposed';
  const round = roundOf(findStage(epic, command.stage) ?? {});
  const wanted = { link: state, round };
  if (known !== undefined && command.via !== 'command') {
    const again = known.stage === command.stage && known.link === 'linked';
    if (isSettled(known) || again || sameLink(known, command, wanted)) return [];
  }
  if (known !== undefined && known.via === 'command' && sameLink(known, command, wanted)) return [];
  const { number, head, base, fork, author, contributors } = command.pull;
  const pull = {
    number,
    link: state,
    via: command.via,
    head,
    base,
    fork,
    author,
    contributors,
    state: command.pull.state,
    ...(round > 1 && { round }),
  };
  const { at, by } = command;
  const before = known ?? epic.departed?.find((one) => one.number === number);
  const into = before?.base ?? base;
  const linked: EpicEvent = {
    type: 'PullRequestLinked',
    stage: command.stage,
    pull: { ...pull, base: into },
    at,
    by,
  };
  // While it was away nobody saw that it goes somewhere else: what was said of it goes with the old base (threats T15).
  const elsewhere: readonly EpicEvent[] =
    into === base ? [] : [{ type: 'PullRequestRetargeted', number, base, at, by }];
  const news = known !== undefined && into === base && wasSeen(known, command, wanted) ? [] : [linked];
  return [...withVoided(epic, [linked, ...elsewhere]), ...overtaken(epic, news)];
};

/** `PullRequestUnlinked` when body and branch no longer name the stage; a link said with /link stays, and so does what was merged. */
export const unlink = (epic: OpenedEpic, command: Unlink): readonly EpicEvent[] => {
  const known = epic.pulls.find((pull) => pull.number === command.number);
  if (known === undefined || isSettled(known)) return [];
  return [
    { type: 'PullRequestUnlinked', stage: known.stage, number: known.number, at: command.at, by: command.by },
  ];
};
