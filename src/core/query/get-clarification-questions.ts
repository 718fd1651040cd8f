/** `getClarificationQuestions`: what approvers want to know before they answer, and what they were told. */
import type { Question } from '../epic/question.ts';
import { pastRounds } from '../epic/round-of.ts';
import { code } from '../epic/say-who.ts';
import { isFinal } from '../epic/stage.ts';
import type { Stage, Statement } from '../epic/state.ts';
import { moment } from '../render/moment.ts';
import { neutral } from '../render/neutral.ts';
import { askedStages } from './asked-stages.ts';
import { type Asked, query } from './query.ts';

/** Something somebody said. */
interface Said {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** One question. */
interface Clarification extends Said {
  readonly stage: string;
  readonly id: string;
  /** `clarification`, or `evidence` where something is to be shown. */
  readonly kind: string;
  /** `gone`: its round was over before anybody answered. */
  readonly state: 'open' | 'answered' | 'withdrawn' | 'gone';
  readonly answer: Said | null;
}

/** The answer of `getClarificationQuestions`, in the order of the stages. */
interface Clarifications {
  readonly open: number;
  readonly questions: readonly Clarification[];
}

const said = ({ by, at, text }: Statement): Said => ({ by: by.login, at, text });

const stateOf = ({ answer, withdrawn }: Question, over: boolean): Clarification['state'] => {
  if (withdrawn !== undefined) return 'withdrawn';
  if (answer !== undefined) return 'answered';
  return over ? 'gone' : 'open';
};

/** Of all rounds, the first one first. */
const ofStage = (stage: Stage): readonly Clarification[] =>
  [...pastRounds(stage), stage].flatMap((round) =>
    (round.questions ?? []).map((one) => ({
      stage: stage.definition.key,
      id: one.id,
      kind: one.kind,
      state: stateOf(one, round !== stage || isFinal(stage)),
      ...said(one),
      answer: one.answer === undefined ? null : said(one.answer),
    })),
  );

const answer = (asked: Asked): Clarifications => {
  const questions = askedStages(asked).flatMap(ofStage);
  return { open: questions.filter((one) => one.state === 'open').length, questions };
};

const line = (one: Clarification): readonly string[] => [
  `- ${code(one.id)} ${code(one.stage)} · ${one.state} · ${code(one.by)}, ${moment(one.at)}: ${neutral(one.text)}`,
  ...(one.answer === null
    ? []
    : [`  - ${code(one.answer.by)}, ${moment(one.answer.at)}: ${neutral(one.answer.text)}`]),
];

const lines = ({ open, questions }: Clarifications): readonly string[] =>
  questions.length === 0
    ? ['Nobody has asked anything.']
    : [`**${open} of ${questions.length} questions open**`, '', ...questions.flatMap(line)];

/** The record of `getClarificationQuestions`. */
export const getClarificationQuestions = query<Clarifications>({
  name: 'getClarificationQuestions',
  word: null,
  summary: 'What approvers asked before they answer, and what they were told.',
  ofStage: true,
  answer,
  lines,
});
