/** One typed command: what it means, whether this person may, and how they are answered (contract §4). */
import { partsOf } from '../core/epic/hold.ts';
import { isRefusal, type Refusal, refuse } from '../core/epic/refusal.ts';
import { requireHere } from '../core/epic/require-here.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { editedReply } from '../core/render/edited-reply.ts';
import { brokenConfigurationReply, refusalReply, unknownCommandReply } from '../core/render/reply.ts';
import { findCommand } from '../core/slash/index.ts';
import { nearest } from '../core/slash/nearest.ts';
import type { Typed } from '../core/slash/slash-command.ts';
import { isHandled, recordCause } from '../ledger/causes.ts';
import { answerQuestion } from './answer-question.ts';
import { askRoles, relevantRoles } from './ask.ts';
import { epicLane } from './engine.ts';
import { fulfil } from './fulfil.ts';
import { askerFor, type Reading } from './news/reading.ts';
import type { Heard } from './one-reply.ts';
import { react } from './say.ts';
import type { Speech } from './speech.ts';
import { isWithdrawn } from './withdrawn.ts';

/** Who hears it, in the one reply a comment gets. */
const reply = (speech: Heard, typed: Typed, cause: string, text: string): void => {
  speech.answers.push({ cause, command: typed.name, text });
};

const acknowledge = (reading: Reading, speech: Speech, content: '+1' | 'confused'): void => {
  const reacting = {
    repository: reading.site.ref,
    commentId: speech.comment.id,
    nodeId: speech.comment.nodeId,
    content,
  };
  reading.desk.promise(react(epicLane(speech.epicId), reacting));
};

/** A command of a comment, and what was said is remembered by. */
interface Said {
  readonly speech: Heard;
  readonly typed: Typed;
  readonly cause: string;
}

const sayNo = (reading: Reading, { speech, typed, cause }: Said, refusal: Refusal): void => {
  acknowledge(reading, speech, 'confused');
  reply(speech, typed, cause, refusalReply(refusal, speech.by));
};

const throughAnApp = refuse(
  'through-an-app',
  'This comment was written by an app on your behalf; only you yourself count.',
  {
    next: 'the same command in a comment you write on GitHub',
  },
);

/** Bots act only where gatehouse.yml lists them, as agents or in roles (contract §4); an unlisted one is not even answered (threats T43). */
const isListedBot = async (reading: Reading, speech: Speech, epic: OpenedEpic): Promise<boolean> => {
  const rules = await reading.rules();
  if (rules.configuration.agents?.some((one) => one.id === speech.by.id)) return true;
  return (await askRoles(askerFor(reading, rules), speech.by, relevantRoles(epic, rules))).length > 0;
};

/** What the words mean, or a hint for a near miss; undefined for another bot's command. */
const meaningOf = (speech: Speech, epic: OpenedEpic, typed: Typed) => {
  const command = findCommand(typed.name);
  if (command === undefined) return undefined;
  const stages = epic.definition.stages.map((stage) => stage.key);
  const gates = epic.definition.stages.flatMap(({ key, gate }) =>
    gate === undefined ? [] : [{ name: gate.name, stage: key }],
  );
  const kinds = partsOf(epic);
  return command.meaning(typed.argument, {
    on: speech.on,
    stages,
    kinds,
    gates,
    commentId: speech.comment.id,
  });
};

const hint = (reading: Reading, { speech, typed, cause }: Said): boolean => {
  const meant = nearest(typed.name);
  if (meant === undefined) return false;
  acknowledge(reading, speech, 'confused');
  reply(speech, typed, cause, unknownCommandReply(typed.name, meant));
  return true;
};

const answer = async (reading: Reading, said: Said): Promise<boolean> => {
  const { speech, typed, cause } = said;
  const epic = await reading.desk.epic(speech.epicId);
  if (epic.status === 'unopened') return false;
  if (speech.by.bot && !(await isListedBot(reading, speech, epic))) return false;
  const meaning = meaningOf(speech, epic, typed);
  if (meaning === undefined) return hint(reading, said);
  if (isRefusal(meaning)) {
    sayNo(reading, said, meaning);
    return true;
  }
  if (speech.viaApp && !speech.by.bot) {
    sayNo(reading, said, throughAnApp);
    return true;
  }
  if (meaning.type === 'Ask') {
    reply(speech, typed, cause, await answerQuestion(reading, epic, meaning, speech));
    acknowledge(reading, speech, '+1');
    reading.engine.log.info({ epic: speech.epicId, command: typed.name }, 'question answered');
    return true;
  }
  const elsewhere = requireHere(epic, speech.issue.number);
  if (elsewhere !== undefined) {
    sayNo(reading, said, elsewhere);
    return true;
  }
  const rules = await reading.rules();
  if (rules.broken !== null) {
    acknowledge(reading, speech, 'confused');
    reply(speech, typed, cause, brokenConfigurationReply([rules.broken]));
    return true;
  }
  const outcome = await fulfil(reading, speech, meaning, { cause, rules });
  if (outcome === 'handled') return true;
  const no = outcome !== undefined && isRefusal(outcome) ? outcome : undefined;
  if (no !== undefined) sayNo(reading, said, no);
  else acknowledge(reading, speech, '+1');
  if (outcome !== undefined && 'answer' in outcome) reply(speech, typed, cause, outcome.answer);
  reading.engine.log.info(
    {
      epic: speech.epicId,
      delivery: reading.delivery.guid,
      cause,
      command: typed.name,
      refused: no?.refused,
    },
    'command decided',
  );
  return true;
};

/** Not obeyed: it says something else by now, which its author hears once, or is there no more (threats T40). */
const answerWithdrawn = ({ speech, typed }: Said, how: 'edited' | 'deleted'): boolean => {
  if (speech.by.bot || findCommand(typed.name) === undefined) return false;
  if (how === 'edited')
    reply(speech, typed, `edited:${speech.comment.id}`, editedReply(speech.by, [typed.name]));
  return true;
};

/**
 * Answers one command of a comment: 👍, or 😕 with what is said in the comment's one reply. Its cause is the comment's id, so that neither a
 * redelivery, nor a replay under another guid, nor a comment found by looking acts twice (threats T03), also where it was
 * refused. Answers whether it was ours and new.
 */
export const answerTyped = async (
  reading: Reading,
  speech: Heard,
  typed: Typed,
  index: number,
): Promise<boolean> => {
  const { desk } = reading;
  const lane = epicLane(speech.epicId);
  const cause = `comment/${speech.comment.id}/${index}`;
  if (await isHandled(desk.hold, lane, cause)) return false;
  const withdrawn = await isWithdrawn(desk, speech.epicId, speech.comment.id);
  const ours =
    withdrawn === undefined
      ? await answer(reading, { speech, typed, cause })
      : answerWithdrawn({ speech, typed, cause }, withdrawn);
  if (ours)
    desk.also(async (tx) => {
      await recordCause(tx, lane, cause);
    });
  return ours;
};
