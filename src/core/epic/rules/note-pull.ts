/** What became of a linked pull request, as GitHub has it now: webhooks are hints, this compares (threats F17). */
import type { Facts, NotePull, PullFacts } from '../commands.ts';
import type { CheckSeen } from '../condition.ts';
import type { EpicEvent } from '../events.ts';
import type { OpenedEpic, Pull } from '../state.ts';

const isKnown = (pull: Pull, check: CheckSeen): boolean =>
  (pull.checks ?? []).some(
    (one) => one.name === check.name && one.head === check.head && one.passed === check.passed,
  );

const news = (known: Pull, now: PullFacts, told: { at: string; by: Facts['by'] }): readonly EpicEvent[] => {
  const { number } = known;
  const events: EpicEvent[] = [];
  const strangers = now.contributors.filter((id) => !known.contributors.includes(id));
  if (now.head !== known.head || strangers.length > 0) {
    events.push({
      type: 'PullRequestPushed',
      number,
      head: now.head,
      contributors: now.contributors,
      ...told,
    });
  }
  if (now.base !== known.base)
    events.push({ type: 'PullRequestRetargeted', number, base: now.base, ...told });
  if (now.state !== known.state) {
    events.push(
      now.state === 'open'
        ? { type: 'PullRequestReopened', number, ...told }
        : { type: 'PullRequestClosed', number, merged: now.state === 'merged', ...told },
    );
  }
  const seen = (now.checks ?? []).filter((check) => !isKnown(known, check));
  if (seen.length > 0) events.push({ type: 'PullRequestChecked', number, checks: seen, ...told });
  return events;
};

/** Events for whatever differs between the ledger and the pull requests the facts carry. */
export const noteFacts = (
  epic: OpenedEpic,
  facts: Facts,
  pulls: readonly PullFacts[],
): readonly EpicEvent[] =>
  pulls.flatMap((now) => {
    const known = epic.pulls.find((pull) => pull.number === now.number);
    return known === undefined ? [] : news(known, now, { at: facts.at, by: facts.by });
  });

/** Pushed, retargeted, closed, merged or reopened: recorded whatever the epic's state is. */
export const notePull = (epic: OpenedEpic, command: NotePull): readonly EpicEvent[] =>
  noteFacts(epic, command, [command.pull]);
