/** Whoever is asked which stage they mean is told a command that exists: the refusal prints what people type. */
import { expect, test } from 'vitest';
import type { EpicCommand, StageCommand } from '../../../src/core/epic/commands.ts';
import { decide } from '../../../src/core/epic/decide.ts';
import type { Person } from '../../../src/core/epic/person.ts';
import type { SignalCommand } from '../../../src/core/epic/signal-command.ts';
import { findCommand } from '../../../src/core/slash/index.ts';
import { cast, facts, type Given, on, opened, stage, started, workflow } from './given.ts';

type Typed =
  | StageCommand['type']
  | Extract<SignalCommand['type'], 'AskQuestion' | 'AnswerQuestion' | 'WithdrawQuestion' | 'AddStage'>;

/** Every command about a stage, and what people type for it. */
const words: Readonly<Record<Typed, string>> = {
  Claim: 'claim',
  Release: 'release',
  Extend: 'extend',
  Submit: 'submit',
  Approve: 'approve',
  Reject: 'reject',
  Block: 'block',
  Unblock: 'unblock',
  Skip: 'skip',
  Override: 'override',
  Retry: 'retry',
  AddEvidence: 'evidence',
  Check: 'check',
  Waive: 'waive',
  Concern: 'concern',
  Resolve: 'resolve',
  AskQuestion: 'clarify',
  AnswerQuestion: 'answer',
  WithdrawQuestion: 'withdraw',
  AddStage: 'add-task',
};

const gate = { name: 'go', approvers: ['EM'] };
const fresh = started({ ...workflow, stages: [stage('one', { gate }), stage('two', { gate })] });
const both = (given: Given, by: Person, type: Parameters<typeof on>[1], more: object = {}): Given =>
  given.and(by, on('one', type, more)).and(by, on('two', type, more));
const claimed = both(fresh, cast.dan, 'Claim');
const inReview = both(claimed, cast.dan, 'Submit');
const asking = both(inReview, cast.erin, 'AskQuestion', { kind: 'clarification' });

/** What is said on the epic's own issue about this command, where it could mean several stages or none. */
const said = (given: Given, type: Typed): string | undefined => {
  const wish = on('one', type, { kind: 'clarification', on: { kind: 'epic' } });
  const { refusal } = decide(opened(given), { ...wish, ...facts(cast.dan) } as EpicCommand);
  return refusal?.refused === 'which-stage' ? `${refusal.why} ${refusal.next}` : undefined;
};

test.each(Object.entries(words) as [Typed, string][])('%s is typed /%s', (type, word) => {
  expect(findCommand(word)).toBeDefined();
  const answers = [fresh, claimed, inReview, asking].flatMap((given) => said(given, type) ?? []);
  const typed = answers.flatMap((one) => [...one.matchAll(/`\/([a-z-]+)/g)].map((match) => match[1]));
  expect(typed.length).toBeGreaterThan(0);
  expect(new Set(typed)).toEqual(new Set([word]));
});
