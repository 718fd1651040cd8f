/** `/next-batch`: the finished epic again, with its workflow as the default branch has it now (requirements R-36). */
import type { Facts } from '../core/epic/commands.ts';
import { refuse } from '../core/epic/refusal.ts';
import { code } from '../core/epic/say-who.ts';
import type { NextBatchWish } from '../core/slash/slash-command.ts';
import { askFacts, relevantRoles } from './ask.ts';
import { findWorkflow } from './find-workflow.ts';
import type { Circumstances, Outcome } from './fulfil.ts';
import { askerFor, factsFrom, type Reading } from './news/reading.ts';
import type { Speech } from './speech.ts';

/** Decides it; refuses with `no-workflow` where the file is gone or broken. */
export const beginNextBatch = async (
  reading: Reading,
  speech: Speech,
  wish: NextBatchWish,
  { cause, rules }: Circumstances,
): Promise<Outcome> => {
  const { desk, engine } = reading;
  const epic = await desk.epic(speech.epicId);
  if (epic.status === 'unopened') return undefined;
  const { name } = epic.definition;
  const found = findWorkflow(engine.stock, rules, name.toLowerCase());
  if (found === undefined) {
    return refuse('no-workflow', `There is no workflow ${code(name)} any more.`, {
      next: `put ${code(`.github/gatehouse/${name}.yml`)} on the default branch first`,
    });
  }
  if ('problems' in found) {
    return refuse('no-workflow', `${code(found.path)} cannot be used as it is.`, {
      next: `${code(`gatehouse validate ${found.path}`)} says what is wrong with it`,
    });
  }
  const relevant = relevantRoles(epic, rules, { type: 'NextBatch' });
  const facts: Facts = await askFacts(
    askerFor(reading, rules),
    factsFrom(reading, speech.by, cause),
    relevant,
  );
  const { definition, source } = found;
  const command = { ...facts, type: 'NextBatch' as const, reason: wish.reason, definition, source };
  const decision = await desk.handle(speech.epicId, command, 'once');
  return decision === 'handled' ? decision : decision.refusal;
};
