/** `/migrate`: the workflow file as it is now beside what the epic runs; shown, or done as it was shown. */
import { createHash } from 'node:crypto';
import { planMigration } from '../core/epic/plan-migration.ts';
import { type Refusal, refuse } from '../core/epic/refusal.ts';
import { code } from '../core/epic/say-who.ts';
import { migrationDoneText, migrationText } from '../core/render/migration-text.ts';
import { brokenConfigurationReply } from '../core/render/reply.ts';
import type { MigrateWish } from '../core/slash/slash-command.ts';
import type { WorkflowDefinition } from '../core/workflow/definition.ts';
import { askFacts, relevantRoles } from './ask.ts';
import { findWorkflow } from './find-workflow.ts';
import type { Circumstances, Outcome } from './fulfil.ts';
import { handleAsked } from './handle-asked.ts';
import { askerFor, factsFrom, type Reading } from './news/reading.ts';
import type { Speech } from './speech.ts';

/** A definition by sixteen digits: what was shown is what is done. Of what was understood, so that a comment in the file changes nothing. */
const digestOf = (definition: WorkflowDefinition): string =>
  createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16);

const gone = (name: string): Refusal =>
  refuse(
    'no-such-workflow',
    `There is no workflow ${code(name)} on the default branch any more: the epic keeps what it has.`,
    {
      next: `put ${code(`.github/gatehouse/${name}.yml`)} there, then ${code('/migrate')}`,
    },
  );

/** Decides what was typed and answers it in one comment, where it was typed. A broken file is answered with its problems. */
export const migrateEpic = async (
  reading: Reading,
  speech: Speech,
  wish: MigrateWish,
  { cause, rules }: Circumstances,
): Promise<Outcome> => {
  const { desk, engine } = reading;
  const epic = await desk.epic(speech.epicId);
  if (epic.status === 'unopened') return undefined;
  const { name } = epic.definition;
  const found = findWorkflow(engine.stock, rules, name.toLowerCase());
  if (found === undefined) return gone(name);
  if ('problems' in found) {
    return {
      ...refuse('cannot-migrate', 'The workflow file is broken: nothing was changed.'),
      beneath: brokenConfigurationReply([found]),
    };
  }
  const bare = factsFrom(reading, speech.by, cause);
  const facts = await askFacts(
    askerFor(reading, rules),
    bare,
    relevantRoles(epic, rules, { type: 'Migrate' }),
  );
  const looked = { ...found, from: digestOf(epic.definition), to: digestOf(found.definition) };
  const shown = wish.shown === undefined ? {} : { shown: wish.shown };
  const asking = { desk, epicId: speech.epicId, asker: async () => askerFor(reading, rules) };
  const decision = await handleAsked(asking, { ...facts, ...looked, ...shown, type: 'Migrate' }, 'once');
  if (decision === 'handled') return decision;
  const plan = planMigration(epic, found.definition);
  const { refusal } = decision;
  if (refusal !== undefined) {
    const again = refusal.refused === 'file-changed' || refusal.refused === 'cannot-migrate';
    return again ? { ...refusal, beneath: migrationText(epic, plan, looked) } : refusal;
  }
  const text =
    wish.shown === undefined ? migrationText(epic, plan, looked) : migrationDoneText(epic, plan, looked);
  return { answer: text };
};
