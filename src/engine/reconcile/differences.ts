/** How an issue differs from what it should show, in words for people. */
import { type EpicObject, roundIn, stageOf } from '../../core/epic/object.ts';
import type { Person } from '../../core/epic/person.ts';
import { pastRounds, roundOf } from '../../core/epic/round-of.ts';
import { findStage } from '../../core/epic/stage.ts';
import type { OpenedEpic } from '../../core/epic/state.ts';
import { hasLabel } from '../../core/render/has-label.ts';
import type { IssuePicture } from '../../core/render/issue-picture.ts';
import { cutToFit } from '../../github/outgoing/cut-to-fit.ts';
import type { IssueShown } from '../../github/outgoing/read-issue.ts';
import { withoutTicks } from '../effects/ticks.ts';

/** What will be done, and what was found. */
export interface Difference {
  readonly what: string;
  readonly why: string;
}

/** Labels only we say; anybody else's are theirs. */
const ours = /^(stage|role|gatehouse):/i;
const longest = 80;

const quoted = (text: string): string =>
  `“${text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text}”`;

const textOf = (picture: IssuePicture, issue: IssueShown): readonly Difference[] => {
  const title = cutToFit(picture.title, 'title');
  const body = cutToFit(picture.body, 'body');
  const now = issue.body.replaceAll('\r\n', '\n');
  // Boxes on an open stage are its people's; those on the checklist are ours.
  const ticksAreTheirs = picture.labels.includes('gatehouse:stage') && picture.state === 'open';
  const same = ticksAreTheirs ? withoutTicks(body) === withoutTicks(now) : body === now;
  return [
    ...(title === issue.title ? [] : [{ what: 'title restored', why: `it read ${quoted(issue.title)}` }]),
    ...(same ? [] : [{ what: 'text written anew', why: 'it had been edited' }]),
  ];
};

const labelsOf = (picture: IssuePicture, issue: IssueShown): readonly Difference[] => [
  ...picture.labels
    .filter((label) => !hasLabel(issue.labels, label))
    .map((label) => ({ what: `label ${label} put back`, why: 'it was missing' })),
  ...issue.labels
    .filter((label) => ours.test(label) && !hasLabel(picture.labels, label))
    .map((label) => ({ what: `label ${label} taken off`, why: 'it says what is not so' })),
];

const peopleOf = (wanted: readonly Person[], issue: IssueShown): readonly Difference[] => [
  ...wanted
    .filter((person) => !issue.assignees.some((one) => one.id === person.id))
    .map(({ login }) => ({ what: `${login} assigned`, why: 'they claimed it and were not shown' })),
  ...issue.assignees
    .filter((person) => !wanted.some((one) => one.id === person.id))
    .map(({ login }) => ({ what: `${login} unassigned`, why: 'they did not claim it' })),
];

const stateOf = (picture: IssuePicture, issue: IssueShown): readonly Difference[] => {
  if (picture.state === issue.state) return [];
  return picture.state === 'open'
    ? [{ what: 'reopened', why: 'it was closed and is not over' }]
    : [{ what: 'closed', why: 'it was open and is over' }];
};

/** Nothing for an issue that shows what it should. `wanted`: who should be assigned. */
export const differencesOf = (
  picture: IssuePicture,
  wanted: readonly Person[],
  issue: IssueShown,
): readonly Difference[] => [
  ...textOf(picture, issue),
  ...labelsOf(picture, issue),
  ...peopleOf(wanted, issue),
  ...stateOf(picture, issue),
];

/** Who should be assigned to an object's issue, whichever round it is of: people are compared by number, whatever they are called now. */
export const claimantsOf = (epic: OpenedEpic, object: EpicObject): readonly Person[] => {
  const stage = findStage(epic, stageOf(object) ?? '');
  if (stage === undefined) return [];
  const round = roundIn(object);
  const shown = round === roundOf(stage) ? stage : pastRounds(stage).find((past) => past.round === round);
  return shown?.claimant === undefined ? [] : [shown.claimant];
};
