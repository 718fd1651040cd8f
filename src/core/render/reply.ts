/** Every sentence the bot says in a comment: what, why, who may, what to type. */
import type { EpicObject } from '../epic/object.ts';
import type { Person } from '../epic/person.ts';
import type { Refusal } from '../epic/refusal.ts';
import { code, list, nameOf } from '../epic/say-who.ts';
import type { OpenedEpic } from '../epic/state.ts';
import { aliases } from '../slash/aliases.ts';
import { slashCommands } from '../slash/index.ts';
import { type Problem, printProblem } from '../workflow/problem.ts';
import { cut } from './cut.ts';
import { neutralCode } from './neutral.ts';
import { inert } from './plain-text.ts';

const longestReply = 20_000;

const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('\n');

/** A refusal, addressed to whoever asked. */
export const refusalReply = (refusal: Refusal, person: Person): string =>
  lines(
    `${nameOf(person)}: ${refusal.why}`,
    refusal.who === undefined ? undefined : `- who may: ${refusal.who}`,
    refusal.next === undefined ? undefined : `- what to type: ${refusal.next}`,
    refusal.beneath === undefined ? undefined : `\n${refusal.beneath}`,
  );

/** The command table as Markdown, printed from the registry: for `/help`, and for README between its generated markers. */
export const commandTable = (): string =>
  lines(
    '| command | who | what it does |',
    '| --- | --- | --- |',
    ...slashCommands.map(
      ({ usage, who, summary }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${who} | ${summary} |`,
    ),
  );

/** `/help`. */
export const helpReply = (): string =>
  lines(
    commandTable(),
    '',
    'A command starts a line. `/gatehouse claim` is the same as `/claim`.',
    `Other words that are understood: ${[...aliases.keys()]
      .filter((word) => !/[A-Z]/.test(word))
      .map((word) => code(`/${word}`))
      .join(' ')}; \`/skipGate\` is the same as \`/skip-gate\`.`,
  );

const mostKnown = 100;

/** A label that names no workflow: the known names, and the nearest one (contract §2). */
export const unknownWorkflowReply = (
  name: string,
  known: readonly string[],
  suggestion: string | undefined,
): string =>
  lines(
    `There is no workflow ${neutralCode(name)}.${suggestion === undefined ? '' : ` Did you mean ${code(`workflow:${suggestion}`)}?`}`,
    `- known: ${known.length === 0 ? 'none yet' : list(known.slice(0, mostKnown).map(code))}`,
    '- your own go into `.github/gatehouse/<name>.yml` on the default branch',
  );

/** A second workflow's label on a running epic. */
export const secondWorkflowReply = (refusal: Refusal): string =>
  lines(refusal.why, refusal.next === undefined ? undefined : `- what to do: ${refusal.next}`);

/** The running workflow's label was taken off. */
export const labelRemovedReply = (name: string): string =>
  lines(
    `Taking the label off does not end ${neutralCode(name)}: the epic goes on.`,
    '- what to type to end it: `/cancel <reason>`',
  );

/** A file that cannot be read: all its problems with their places. */
export interface BrokenFile {
  readonly path: string;
  readonly source: string;
  readonly problems: readonly Problem[];
}

const fence = (text: string): string => ['~~~text', text.replaceAll('~~~', "'''"), '~~~'].join('\n');

/** Nothing was started or decided, because the rules cannot be read. */
export const brokenConfigurationReply = (files: readonly BrokenFile[]): string => {
  const told = files.map(({ problems, source }) =>
    problems.map((problem) => printProblem(problem, source)).join('\n\n'),
  );
  const names = list(files.map((file) => code(file.path)));
  const body = fence(cut(inert(told.join('\n\n').toWellFormed()), longestReply));
  return lines(
    `${names} cannot be used, so nothing was done:`,
    '',
    body,
    '',
    'Mend it on the default branch, then try again.',
  );
};

/** Somebody without a right to start labelled an issue. */
export const strangerStartReply = (person: Person, name: string): string =>
  lines(
    `${nameOf(person)} may not start ${neutralCode(name)} here, so nothing was started.`,
    '- who may: anyone who holds a role in `.github/gatehouse.yml`, or may triage this repository',
    `- what to do: one of them takes the label ${neutralCode(`workflow:${name}`)} off and puts it on again`,
  );

/** A stage or checklist issue was closed by hand before it was done (contract §3). */
export const reopenedReply = (person: Person | null, object: EpicObject): string => {
  const next =
    object !== 'checklist'
      ? '`/why` says what is missing; `/skip <reason>` leaves it out.'
      : '`/status` says what is missing; `/cancel <reason>` ends the epic.';
  return `Reopened: ${person === null ? 'somebody' : nameOf(person)} closed this by hand, but it is not done. ${next}`;
};

/** The issue of what is over was opened by hand: it is closed again (requirements S-05). */
export const closedAgainReply = (person: Person, epic: OpenedEpic['status']): string => {
  const next =
    epic === 'done'
      ? '`/next-batch <reason>` takes the whole epic, which is done, through its workflow again.'
      : epic === 'cancelled'
        ? 'Its epic was cancelled: a new round starts when the workflow label is taken off the epic and put on again.'
        : '`/retry <stage> <reason>` opens a new round of a stage.';
  return `Closed again: ${nameOf(person)} reopened this by hand, but what is over stays over. ${next}`;
};

/** A command that is nearly one of ours. */
export const unknownCommandReply = (name: string, suggestion: string): string =>
  lines(
    /\s$/.test(name)
      ? `After the name of a command stands a plain space, and this one only looks like it. Did you mean ${code(`/${suggestion}`)}?`
      : `There is no command ${neutralCode(`/${name}`)}. Did you mean ${code(`/${suggestion}`)}?`,
    '- `/help` lists them',
  );

/** Gates of a workflow that nobody can open. */
export const unheldRolesReply = (roles: readonly string[]): string =>
  lines(
    `The epic has started, but nobody holds ${list(roles.map(code))}: their gates cannot be passed.`,
    '- what to do: add people or teams under `roles:` in `.github/gatehouse.yml` on the default branch',
  );
