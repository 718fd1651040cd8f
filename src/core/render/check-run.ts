/** What the `gatehouse` check shows on a commit: contract §5's table in words; never neutral, never skipped. */

import type { PullVerdict } from '../epic/pull-request.ts';
import { nameOf } from '../epic/say-who.ts';
import type { OpenedEpic, Pull, Stage } from '../epic/state.ts';
import type { IssueNumber } from '../epic/subject.ts';
import { timedOutWords } from '../epic/timed-out.ts';
import { cut } from './cut.ts';
import { explanationText, missingParts } from './explanation-text.ts';
import { moment } from './moment.ts';
import { neutral, titleText } from './neutral.ts';
import { waitingFor } from './waiting-for.ts';

/** A check run's words and state. */
export interface CheckPicture {
  readonly status: 'in_progress' | 'completed';
  readonly conclusion?: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** What the check is asked about. */
export type CheckView =
  /** No workflow applies; `block` is policy `unlinked_pull_requests: block`. */
  | { readonly kind: 'none'; readonly block: boolean }
  /** A link by somebody without write access, to the stage of this issue. */
  | { readonly kind: 'proposed'; readonly issue: IssueNumber }
  | { readonly kind: 'stage'; readonly epic: OpenedEpic; readonly pull: Pull; readonly verdict: PullVerdict };

type State = PullVerdict['state'];

const picture = (state: State, title: string, summary: string, text: string): CheckPicture => ({
  ...(state === 'in_progress' ? { status: 'in_progress' } : { status: 'completed', conclusion: state }),
  title: titleText(title.replaceAll('`', '').replaceAll('**', ''), 120),
  summary: cut(summary, 15_000),
  text,
});

const none = (block: boolean): CheckPicture =>
  block
    ? picture(
        'failure',
        'This pull request belongs to no stage',
        'This repository lets only pull requests of a workflow stage pass (`policy.unlinked_pull_requests: block`).\n\n**Who:** anyone with write access. **Next:** comment `/link #<stage issue>`, or write `Stage: #<stage issue>` into the description.',
        '',
      )
    : picture(
        'success',
        'no workflow applies',
        'no workflow applies: this pull request belongs to no stage, so nothing is asked of it. ' +
          'If it does, its description says `Stage: #12`, or somebody types `/link #12`: the number of the stage issue.',
        '',
      );

const proposed = (issue: IssueNumber): CheckPicture =>
  picture(
    'in_progress',
    `The link to issue ${issue} is not confirmed`,
    `This pull request says it belongs to #${issue}, but its author has no write access.\n\n**Who:** anyone with write access. **Next:** comment \`/link #${issue}\`.`,
    '',
  );

const loud = (epic: OpenedEpic, stage: Stage): string => {
  const words = timedOutWords(epic, stage);
  const { skip, override, rejection, timedOut } = stage;
  const lines = [
    skip && `**SKIPPED** by ${nameOf(skip.by)} on ${moment(skip.at)}: ${neutral(skip.text)}`,
    override &&
      `Gate **OVERRIDDEN** by ${nameOf(override.by)} on ${moment(override.at)}: ${neutral(override.text)}`,
    timedOut && `Gate **${words}** ${moment(timedOut.at)}: ${neutral(timedOut.text)}`,
    rejection &&
      `**Rejected** by ${nameOf(rejection.by)} on ${moment(rejection.at)}: ${neutral(rejection.text)}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n\n');
};

const headline = (epic: OpenedEpic, { state, explanation, stage }: PullVerdict): string => {
  const first = missingParts(explanation)[0]?.says ?? explanation.says;
  if (stage === undefined || epic.status === 'cancelled' || epic.stop !== undefined) return first;
  const { key } = stage.definition;
  if (state === 'failure' && stage.rejection !== undefined)
    return `${key}: rejected by ${stage.rejection.by.login}`;
  if (state !== 'success') return `${key}: ${first}`;
  if (stage.skip !== undefined) return `${key}: SKIPPED by ${stage.skip.by.login}`;
  if (stage.override !== undefined) return `${key}: gate OVERRIDDEN by ${stage.override.by.login}`;
  if (stage.timedOut !== undefined) return `${key}: gate PASSED BY TIME`;
  return `${key}: nothing is missing`;
};

const ofStage = (epic: OpenedEpic, verdict: PullVerdict): CheckPicture => {
  const { stage, explanation, state } = verdict;
  const missing = missingParts(explanation).map((part) => explanationText({ ...part, parts: [] }));
  const where = stage?.issue === undefined ? '' : `Stage issue: #${stage.issue.number}`;
  const summary = [
    stage === undefined ? '' : loud(epic, stage),
    epic.status === 'paused' || epic.status === 'cancelled' ? waitingFor(epic) : '',
    missing.length === 0 ? explanation.says : missing.slice(0, 20).join('\n'),
    where,
  ];
  return picture(
    state,
    headline(epic, verdict),
    summary.filter((part) => part !== '').join('\n\n'),
    explanationText(explanation),
  );
};

/** The check run for one pull request's head. */
export const checkRun = (view: CheckView): CheckPicture => {
  switch (view.kind) {
    case 'none':
      return none(view.block);
    case 'proposed':
      return proposed(view.issue);
    case 'stage':
      return ofStage(view.epic, view.verdict);
  }
};

/** A merge group of which nothing is known cannot be vouched for; the queue waits until it is. */
export const groupWithoutMembers: CheckPicture = picture(
  'in_progress',
  'waiting to learn which pull requests are in this group',
  'Gatehouse does not know every pull request of this merge group yet.',
  '',
);

const badness = ({ status, conclusion }: CheckPicture): number => {
  if (status === 'in_progress') return 1;
  return conclusion === 'success' ? 0 : 2;
};

/** Several checks as one: the worst wins, and the others are told beneath it; none at all is never a success (threats T16, T63). */
export const combine = (pictures: readonly CheckPicture[]): CheckPicture => {
  const [worst, ...rest] = [...pictures].sort((one, other) => badness(other) - badness(one));
  if (worst === undefined) return groupWithoutMembers;
  if (rest.length === 0) return worst;
  const others = rest.slice(0, 50).map(({ title }) => `- ${neutral(title)}`);
  return { ...worst, summary: `${worst.summary}\n\n**Also on this commit:**\n\n${others.join('\n')}` };
};
