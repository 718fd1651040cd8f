/** Which open question is meant: the one that is named, or the only one. */
import { openQuestions, type Question } from '../question.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { code, list, nameOf } from '../say-who.ts';
import type { Stage } from '../state.ts';

/** What was typed: the command's word, and the name if there was one. */
export interface Choosing {
  readonly word: string;
  readonly id?: string | undefined;
  readonly kind?: Question['kind'];
}

const wordFor: Readonly<Record<Question['kind'], string>> = { clarification: 'answer', evidence: 'evidence' };

/** Refused with `no-question` where none is open, and with `which-question` where the name is missing, unknown or of the other kind. */
export const chooseQuestion = (stage: Stage, { word, id, kind }: Choosing): Question | Refusal => {
  const key = code(stage.definition.key);
  const open = openQuestions(stage);
  const fitting = open.filter((one) => kind === undefined || one.kind === kind);
  const [first, ...others] = fitting;
  const told = list(open.map((one) => `${code(one.id)} by ${nameOf(one.by)}`));
  const named = open.find((one) => one.id === id);
  if (named !== undefined && !fitting.includes(named)) {
    const next = code(`/${wordFor[named.kind]} ${named.id} <text>`);
    return refuse('which-question', `${code(named.id)} is answered in another way.`, { next });
  }
  if (named !== undefined) return named;
  if (open.length === 0) return refuse('no-question', `No question about ${key} is open.`);
  if (id === undefined && first !== undefined && others.length === 0) return first;
  const why =
    id === undefined
      ? `Open about ${key}: ${told}.`
      : `No open question about ${key} is called so: open is ${told}.`;
  return refuse('which-question', why, { next: code(`/${word} ${(first ?? open[0])?.id ?? 'q1'}`) });
};
