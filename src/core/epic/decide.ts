/** The one door for commands: which rule judges, what was learned on the way, and what follows from it. */
import type { EpicCommand, StageCommand } from './commands.ts';
import type { EpicEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { inPlace } from './in-place.ts';
import { judgeSignal } from './judge-signal.ts';
import { grownOld, overdue } from './overdue.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { addEvidence } from './rules/add-evidence.ts';
import { approve } from './rules/approve.ts';
import { block } from './rules/block.ts';
import { cancel } from './rules/cancel.ts';
import { check, waive } from './rules/check.ts';
import { chooseReviewers } from './rules/choose-reviewers.ts';
import { claim } from './rules/claim.ts';
import { extend } from './rules/extend.ts';
import { link, unlink } from './rules/link.ts';
import { migrate } from './rules/migrate.ts';
import { nextBatch } from './rules/next-batch.ts';
import { noteFacts, notePull } from './rules/note-pull.ts';
import { noteReview } from './rules/note-review.ts';
import { open } from './rules/open.ts';
import { override } from './rules/override.ts';
import { pause } from './rules/pause.ts';
import { raiseConcern, resolveConcern } from './rules/raise-concern.ts';
import {
  askedAgain,
  move,
  noteRoles,
  noteRules,
  recordHeadShown,
  recordIssue,
  recordIssueLost,
  retitle,
} from './rules/record.ts';
import { reject } from './rules/reject.ts';
import { release } from './rules/release.ts';
import { resume } from './rules/resume.ts';
import { retry } from './rules/retry.ts';
import { revokeApproval } from './rules/revoke-approval.ts';
import { skip } from './rules/skip.ts';
import { submit } from './rules/submit.ts';
import { unblock } from './rules/unblock.ts';
import { settle } from './settle.ts';
import type { Epic, OpenedEpic } from './state.ts';

type Answer = readonly EpicEvent[] | Refusal;

const judgeStageCommand = (epic: OpenedEpic, command: StageCommand): Answer => {
  switch (command.type) {
    case 'Claim':
      return claim(epic, command);
    case 'Release':
      return release(epic, command);
    case 'Extend':
      return extend(epic, command);
    case 'Submit':
      return submit(epic, command);
    case 'Approve':
      return approve(epic, command);
    case 'Reject':
      return reject(epic, command);
    case 'Block':
      return block(epic, command);
    case 'Unblock':
      return unblock(epic, command);
    case 'Skip':
      return skip(epic, command);
    case 'Override':
      return override(epic, command);
    case 'Retry':
      return retry(epic, command);
    case 'AddEvidence':
      return addEvidence(epic, command);
    case 'Check':
      return check(epic, command);
    case 'Waive':
      return waive(epic, command);
    case 'Concern':
      return raiseConcern(epic, command);
    case 'Resolve':
      return resolveConcern(epic, command);
  }
};

const judge = (epic: OpenedEpic, command: Exclude<EpicCommand, { type: 'Open' }>): Answer => {
  switch (command.type) {
    case 'Pause':
      return pause(epic, command);
    case 'Resume':
      return resume(epic, command);
    case 'NextBatch':
      return nextBatch(epic, command);
    case 'Cancel':
      return cancel(epic, command);
    case 'Migrate':
      return migrate(epic, command);
    case 'Link':
      return link(epic, command);
    case 'Unlink':
      return unlink(epic, command);
    case 'NotePull':
      return notePull(epic, command);
    case 'NoteReview':
      return noteReview(epic, command);
    case 'RevokeApproval':
      return revokeApproval(epic, command);
    case 'NoteRoles':
      return noteRoles(epic, command);
    case 'ChooseReviewers':
      return chooseReviewers(epic, command);
    case 'NoteRules':
      return noteRules(epic, command);
    case 'RecordIssue':
      return recordIssue(epic, command);
    case 'RecordIssueLost':
      return recordIssueLost(epic, command);
    case 'RecordHeadShown':
      return recordHeadShown(epic, command);
    case 'Retitle':
      return retitle(epic, command);
    case 'Move':
      return move(epic, command);
    case 'Tick':
      return [];
    case 'Stop':
    case 'AskQuestion':
    case 'AnswerQuestion':
    case 'WithdrawQuestion':
    case 'SetPriority':
    case 'AddStage':
    case 'Undo':
    case 'Confirm':
    case 'GiveVerdict':
      return judgeSignal(epic, command);
    default:
      return judgeStageCommand(epic, command);
  }
};

/** What the facts say that the ledger did not know: changed rules, moved heads, lost roles. True whatever is decided. */
const learned = (epic: OpenedEpic, command: EpicCommand): readonly EpicEvent[] => {
  const told = { at: command.at, by: command.by };
  const changed = JSON.stringify(command.rules) !== JSON.stringify(epic.rules);
  const rules: readonly EpicEvent[] = changed ? [{ type: 'RulesSeen', rules: command.rules, ...told }] : [];
  const roles = Object.entries(command.rolesOf).flatMap(([id, held]) =>
    askedAgain(epic, command, Number(id), held),
  );
  return [...rules, ...noteFacts(epic, command, command.pulls), ...roles];
};

const settled = (epic: Epic, events: readonly EpicEvent[], command: EpicCommand): readonly EpicEvent[] => {
  const before = events.reduce<Epic>(evolve, epic);
  const old = grownOld(before, command.at);
  return [...events, ...old, ...settle(old.reduce<Epic>(evolve, before), command)];
};

/** A decision: the events to append, and the refusal if the command itself was refused (then the events are only what was learned). */
export interface Decision {
  readonly events: readonly EpicEvent[];
  readonly refusal?: Refusal;
}

/**
 * Decides a command on an epic: facts in, events out; no I/O.
 * Where the rule refuses, the refusal comes back beside what the facts taught (rule 3 of the design: never thrown).
 */
export const decide = (epic: Epic, command: EpicCommand): Decision => {
  if (command.type === 'Open') {
    const answer = open(epic, command);
    return isRefusal(answer) ? { events: [], refusal: answer } : { events: settled(epic, answer, command) };
  }
  if (epic.status === 'unopened') {
    return {
      events: [],
      refusal: refuse('no-epic', 'No workflow runs here.', { next: 'label the issue `workflow:<name>`' }),
    };
  }
  const rung = overdue(epic, command.at);
  const then = rung.reduce<Epic>(evolve, epic);
  const news = [...rung, ...(then.status === 'unopened' ? [] : learned(then, command))];
  const now = news.reduce<Epic>(evolve, epic);
  const answer: Answer = now.status === 'unopened' ? [] : judge(now, command);
  if (isRefusal(answer)) return { events: settled(epic, news, command), refusal: answer };
  return { events: settled(epic, [...news, ...inPlace(now, command, answer)], command) };
};
