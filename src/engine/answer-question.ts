/** Questions: answered from the epic as it is and its history, in one comment; nothing is decided and nothing recorded. */
import { findStage } from '../core/epic/stage.ts';
import type { OpenedEpic } from '../core/epic/state.ts';
import { findQuery, queries } from '../core/query/index.ts';
import type { Asked, Query } from '../core/query/query.ts';
import { queriesReply, queryReply } from '../core/render/query-reply.ts';
import { helpReply } from '../core/render/reply.ts';
import type { Question } from '../core/slash/slash-command.ts';
import type { StageKey } from '../core/workflow/definition.ts';
import { readPinnedPeople } from '../ledger/read-models/pinned-people.ts';
import { duties } from './duties.ts';
import { momentOf, type Reading } from './news/reading.ts';
import type { Speech } from './speech.ts';

type OfEpic = Exclude<Question, { about: 'help' | 'queries' }>;

/** Named, or stood on: on a stage's issue or pull request a question is about that stage, as long as the epic has it. */
const stageMeant = (epic: OpenedEpic, question: OfEpic, { on }: Speech): StageKey | undefined => {
  if (question.stage !== undefined) return question.stage;
  const pull = on.kind === 'pull' ? epic.pulls.find(({ number }) => number === on.number) : undefined;
  const here = on.kind === 'stage' ? on.stage : pull?.stage;
  return here === undefined || findStage(epic, here) === undefined ? undefined : here;
};

const askedOf = async (
  reading: Reading,
  speech: Speech,
  about: { readonly query: Query; readonly epic: OpenedEpic; readonly stage: StageKey | undefined },
): Promise<Asked> => {
  const { query, epic, stage } = about;
  const { desk, delivery } = reading;
  const asked: Asked = {
    id: speech.epicId,
    epic,
    history: await desk.history(speech.epicId),
    at: momentOf(delivery),
    known: await readPinnedPeople(desk.hold, epic.subject.repository.id),
    ...(stage === undefined || !query.ofStage ? {} : { stage }),
  };
  return query.name === 'getWaiting' ? { ...asked, ...(await duties(reading, speech, epic)) } : asked;
};

/** The answer's text. */
export const answerQuestion = async (
  reading: Reading,
  epic: OpenedEpic,
  question: Question,
  speech: Speech,
): Promise<string> => {
  if (question.about === 'help') return helpReply();
  if (question.about === 'queries') return queriesReply(queries);
  const query = findQuery(question.query ?? question.about);
  if (query === undefined) return queriesReply(queries);
  const stage = stageMeant(epic, question, speech);
  return queryReply(query, await askedOf(reading, speech, { query, epic, stage }));
};
