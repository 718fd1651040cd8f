/** What became of a linked pull request, as GitHub has it now: webhooks are hints, this compares (threats F17). */
import type { Facts, NotePull, PullFacts } from '../commands.ts';
import type { CheckSeen } from '../condition.ts';
import type { EpicEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { overtaken } from '../overtaken.ts';
import { gatehouse, type Person } from '../person.ts';
import { judgePull } from '../pull-request.ts';
import type { Epic, OpenedEpic, Pull } from '../state.ts';
import { withVoided } from '../voided.ts';

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
      ...(now.moved === undefined || now.moved.to !== now.head ? {} : { moved: now.moved }),
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

/** Merged while the check of what was merged said anything but success (threats T64). */
const pastTheGate = (epic: OpenedEpic, events: readonly EpicEvent[], by: Person): readonly EpicEvent[] => {
  const merged = events.find((event) => event.type === 'PullRequestClosed');
  if (merged?.type !== 'PullRequestClosed' || !merged.merged) return [];
  const before = events.filter((event) => event !== merged).reduce<Epic>(evolve, epic);
  if (before.status === 'unopened') return [];
  const pull = before.pulls.find((one) => one.number === merged.number);
  if (pull === undefined || judgePull(before, pull).state === 'success') return [];
  const { number, stage, head } = pull;
  return [{ type: 'GateBypassed', stage, number, head, at: merged.at, by }];
};

/** Events for whatever differs between the ledger and the pull requests the facts carry; `closer` is who merged one, where that is known. */
export const noteFacts = (
  epic: OpenedEpic,
  facts: Facts,
  pulls: readonly PullFacts[],
  closer: Person = gatehouse,
): readonly EpicEvent[] =>
  pulls.flatMap((now) => {
    const known = epic.pulls.find((pull) => pull.number === now.number);
    if (known === undefined) return [];
    const told = withVoided(epic, news(known, now, { at: facts.at, by: facts.by }));
    const events = [...told, ...overtaken(epic, told)];
    return [...events, ...pastTheGate(epic, events, closer)];
  });

/** Pushed, retargeted, closed, merged or reopened: recorded whatever the epic's state is. */
export const notePull = (epic: OpenedEpic, command: NotePull): readonly EpicEvent[] =>
  noteFacts(epic, command, [command.pull], command.closing === true ? command.by : gatehouse);
