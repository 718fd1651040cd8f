/** A wish with its facts: asks GitHub what the rules need, and hands the command to the desk. */
import type { Facts } from '../core/epic/commands.ts';
import { openQuestions } from '../core/epic/question.ts';
import { type Refusal, refuse } from '../core/epic/refusal.ts';
import { requireHere } from '../core/epic/require-here.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { acknowledgement } from '../core/render/acknowledgement.ts';
import type { LinkWish, MigrateWish, NextBatchWish, Wish } from '../core/slash/slash-command.ts';
import type { StageKey } from '../core/workflow/definition.ts';
import { permissionOf } from '../github/facts/permission.ts';
import { claimsHeld, stillHeld } from '../ledger/loads.ts';
import { subjectOf } from '../ledger/subjects.ts';
import { askFacts, askPulls, askRolesOfApprovers, relevantRoles } from './ask.ts';
import { handleAsked } from './handle-asked.ts';
import { linkPull } from './link-pull.ts';
import { migrateEpic } from './migrate-epic.ts';
import { askerFor, factsFrom, momentOf, type Reading } from './news/reading.ts';
import { beginNextBatch } from './next-batch.ts';
import type { RepositoryRules } from './repository-rules.ts';
import { saidAt } from './said-at.ts';
import type { Speech } from './speech.ts';

/** What goes with a wish. */
export interface Circumstances {
  readonly cause: string;
  readonly rules: RepositoryRules;
}

/** Nothing for accepted (or what is said beside the thumb), the refusal, or `handled` for a cause that was answered before. */
export type Outcome = Refusal | { readonly answer: string } | 'handled' | undefined;

const stageMeant = (epic: OpenedEpic, wish: Wish, speech: Speech): StageKey | undefined => {
  if ('stage' in wish && wish.stage !== undefined) return wish.stage;
  const { on } = speech;
  if (on.kind === 'stage') return on.stage;
  return on.kind === 'pull' ? epic.pulls.find((pull) => pull.number === on.number)?.stage : undefined;
};

const passing: ReadonlySet<Wish['type']> = new Set([
  'Approve',
  'Submit',
  'AnswerQuestion',
  'WithdrawQuestion',
  'Resume',
  'Undo',
]);

const mayPassGate = (epic: OpenedEpic, wish: Wish): boolean =>
  passing.has(wish.type) ||
  (wish.type === 'AddEvidence' && epic.stages.some((stage) => openQuestions(stage).length > 0));

const factsFor = async (
  reading: Reading,
  speech: Speech,
  wish: Wish,
  circumstances: Circumstances,
): Promise<Facts> => {
  const { rules, cause } = circumstances;
  const epic = await reading.desk.epic(speech.epicId);
  const bare = factsFrom(reading, speech.by, cause);
  if (epic.status === 'unopened') return bare;
  const asker = askerFor(reading, rules);
  const key = stageMeant(epic, wish, speech);
  const facts = await askFacts(asker, bare, relevantRoles(epic, rules, { type: wish.type, key }));
  if (wish.type === 'Claim' && rules.configuration.policy.wip !== undefined) {
    const roles = epic.definition.stages.map((stage) => stage.role);
    const asked = { repositoryId: reading.site.known.id, except: speech.epicId, person: speech.by.id, roles };
    const loads = await claimsHeld(reading.desk.hold, asked);
    reading.desk.also((tx) => stillHeld(tx, asked, loads));
    return { ...facts, loads };
  }
  if (!mayPassGate(epic, wish)) return facts;
  // Each may pass the gate with what others have said before (threats T26, T32).
  const condition = wish.type === 'Approve' ? wish.condition : undefined;
  const check = condition?.kind === 'check' ? condition.name : undefined;
  const [pulls, asked] = await Promise.all([
    askPulls(reading.site, epic, key, check),
    askRolesOfApprovers(asker, epic, key),
  ]);
  return { ...facts, pulls, ...asked };
};

const linkTo = async (
  reading: Reading,
  speech: Speech,
  wish: LinkWish,
  circumstances: Circumstances,
): Promise<Outcome> => {
  if (!speech.issue.isPull) {
    return refuse('not-a-pull-request', 'Only a pull request can be linked to a stage; this is an issue.', {
      next: 'the same command on the pull request',
    });
  }
  const target = await subjectOf(reading.desk.hold, reading.site.known.id, wish.issue);
  if (target?.kind !== 'stage' || target.stage === null) {
    return refuse('not-a-stage-issue', `#${wish.issue} is not a stage issue of this repository.`, {
      next: '`/link #<number of the stage issue>`',
    });
  }
  if (target.epicId !== speech.epicId) {
    return refuse(
      'not-a-stage-issue',
      `#${wish.issue} belongs to another epic than this pull request does.`,
      {
        next: 'take the old link out of the description first',
      },
    );
  }
  const epic = await reading.desk.epic(speech.epicId);
  const elsewhere = epic.status === 'unopened' ? undefined : requireHere(epic, wish.issue);
  if (elsewhere !== undefined) return elsewhere;
  const { write } = await permissionOf(reading.site.client, reading.site.ref, speech.by);
  const how = { via: 'command' as const, canWrite: write, by: speech.by, ...circumstances };
  return linkPull(reading, { epicId: speech.epicId, stage: target.stage, number: speech.issue.number }, how);
};

/** Decides one wish with the facts of this moment. */
export const fulfil = async (
  reading: Reading,
  speech: Speech,
  wish: Wish | LinkWish | MigrateWish | NextBatchWish,
  circumstances: Circumstances,
): Promise<Outcome> => {
  if (wish.type === 'MigrateTo') return migrateEpic(reading, speech, wish, circumstances);
  if (wish.type === 'LinkTo') return linkTo(reading, speech, wish, circumstances);
  if (wish.type === 'BeginNextBatch') return beginNextBatch(reading, speech, wish, circumstances);
  const facts = await factsFor(reading, speech, wish, circumstances);
  const heard = { source: reading.delivery.guid, heardAt: momentOf(reading.delivery) };
  const when = saidAt(heard, speech.comment.createdAt);
  const dated = wish.type === 'Approve' || wish.type === 'Reject';
  const said = dated && when !== undefined ? { ...wish, saidAt: when } : wish;
  const { desk } = reading;
  const asking = { desk, epicId: speech.epicId, asker: async () => askerFor(reading, circumstances.rules) };
  const decision = await handleAsked(asking, { ...said, ...facts }, 'once');
  if (decision === 'handled' || decision.refusal !== undefined) {
    return decision === 'handled' ? decision : decision.refusal;
  }
  const answer = acknowledgement(decision.events);
  return answer === undefined ? undefined : { answer };
};
