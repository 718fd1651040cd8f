/** The `gatehouse` check of a pull request or merge group, as data (contract §5). */
import type { PullVerdict } from '../epic/pull-request.ts';
import type { OpenedEpic, Pull } from '../epic/state.ts';
import { explanationText, firstMissing } from './explanation-text.ts';
import { cut } from './neutral.ts';

/** What GitHub should show. There is no way to say `neutral` or `skipped` (threats T61). */
export interface CheckPicture {
  readonly status: 'in_progress' | 'completed';
  readonly conclusion?: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

/** What a check can be about. */
export type CheckView =
  | { readonly kind: 'none'; readonly block: boolean }
  | { readonly kind: 'stage'; readonly epic: OpenedEpic; readonly pull: Pull; readonly verdict: PullVerdict };

const longestTitle = 120;
const longestText = 20_000;

type Conclusion = PullVerdict['state'];

const picture = (state: Conclusion, title: string, summary: string, text: string): CheckPicture => ({
  ...(state === 'in_progress' ? { status: state } : { status: 'completed' as const, conclusion: state }),
  title: cut(title.replaceAll('`', ''), longestTitle),
  summary: cut(summary, longestText),
  text: cut(text, longestText),
});

const none = (block: boolean): CheckPicture =>
  block
    ? picture(
        'failure',
        'no workflow applies, and this repository wants one',
        'This pull request belongs to no stage. Say `Stage: #<stage issue>` in its description, or comment `/link #<stage issue>`.',
        '`policy.unlinked_pull_requests` is `block` in `.github/gatehouse.yml`.',
      )
    : picture('success', 'no workflow applies', 'no workflow applies: this pull request belongs to no stage.', '');

const stageCheck = (epic: OpenedEpic, { state, explanation, stage }: PullVerdict): CheckPicture => {
  const missing = firstMissing(explanation);
  const loud = stage?.override ?? stage?.skip;
  const word = stage?.override === undefined ? 'SKIPPED' : 'OVERRIDDEN';
  const passed = loud === undefined ? 'gate passed, nothing outstanding' : `gate ${word} by ${loud.by.login}`;
  const key = stage?.definition.key ?? 'unknown stage';
  const title = state === 'success' ? `${key}: ${passed}` : `${key}: ${missing?.says ?? explanation.says}`;
  const where = stage?.issue === undefined ? '' : ` (stage issue #${stage.issue.number})`;
  const summary = [
    `Stage \`${key}\`${where} of epic #${epic.subject.issue.number}.`,
    '',
    explanationText(explanation),
  ].join('\n');
  return picture(state, title, summary, '`/why` on the pull request or the stage issue says the same.');
};

/** The check of one pull request. */
export const checkRun = (view: CheckView): CheckPicture =>
  view.kind === 'none' ? none(view.block) : stageCheck(view.epic, view.verdict);

/** A merge group of which nothing is known cannot be vouched for; the queue waits until it is. */
export const groupWithoutMembers: CheckPicture = picture(
  'in_progress',
  'waiting to learn which pull requests are in this group',
  'Gatehouse does not know every pull request of this merge group yet.',
  '',
);

const severity = ({ status, conclusion }: CheckPicture): number =>
  conclusion === 'failure' ? 2 : status === 'in_progress' ? 1 : 0;

/** Several checks as one: the worst wins, and the others are told beneath it (threats T16, T63). */
export const combine = (pictures: readonly CheckPicture[]): CheckPicture => {
  const [worst, ...others] = [...pictures].sort((one, other) => severity(other) - severity(one));
  if (worst === undefined) return groupWithoutMembers;
  if (others.length === 0) return worst;
  const told = others.map((one) => `- ${one.title}`);
  return { ...worst, text: cut([worst.text, '', 'Also on this commit:', ...told].join('\n'), longestText) };
};
