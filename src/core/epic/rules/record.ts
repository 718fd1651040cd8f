/** What GitHub answered or people changed there, written down: issues of ours, heads shown, titles, places, rules, roles. */
import type { Role } from '../../workflow/definition.ts';
import type {
  Move,
  NoteRoles,
  NoteRules,
  RecordHeadShown,
  RecordIssue,
  RecordIssueLost,
  Retitle,
} from '../commands.ts';
import type { EpicEvent } from '../events.ts';
import { issueOf } from '../object.ts';
import { isFinal, mayFill, mayReject } from '../stage.ts';
import type { Approval, OpenedEpic } from '../state.ts';

/** `IssueOpened`, unless the object has that issue already; the first one recorded stays (nothing is made twice). */
export const recordIssue = (epic: OpenedEpic, command: RecordIssue): readonly EpicEvent[] => {
  if (issueOf(epic, command.object) !== undefined) return [];
  return [
    { type: 'IssueOpened', object: command.object, issue: command.issue, at: command.at, by: command.by },
  ];
};

/** `IssueLost`, so that it is made again. */
export const recordIssueLost = (epic: OpenedEpic, command: RecordIssueLost): readonly EpicEvent[] =>
  issueOf(epic, command.object) === undefined
    ? []
    : [{ type: 'IssueLost', object: command.object, at: command.at, by: command.by }];

/** `HeadShown`: from now on a plain /approve refers to this head (contract §4). */
export const recordHeadShown = (epic: OpenedEpic, command: RecordHeadShown): readonly EpicEvent[] => {
  const pull = epic.pulls.find((one) => one.number === command.number);
  if (pull === undefined || pull.shown === command.head) return [];
  return [{ type: 'HeadShown', number: command.number, head: command.head, at: command.at, by: command.by }];
};

/** `EpicRetitled` where the title differs. */
export const retitle = (epic: OpenedEpic, command: Retitle): readonly EpicEvent[] =>
  epic.title === command.title
    ? []
    : [{ type: 'EpicRetitled', title: command.title, at: command.at, by: command.by }];

/** `EpicMoved`: the repository was renamed or transferred, or the issue was. */
export const move = (epic: OpenedEpic, command: Move): readonly EpicEvent[] =>
  JSON.stringify(epic.subject) === JSON.stringify(command.subject)
    ? []
    : [{ type: 'EpicMoved', subject: command.subject, at: command.at, by: command.by }];

/** Nothing of its own: `decide` records changed rules before every command. */
export const noteRules = (_epic: OpenedEpic, _command: NoteRules): readonly EpicEvent[] => [];

/** `RolesAsked` for somebody with a live approval or review whose roles are others now (threats T32). */
export const noteRoles = (epic: OpenedEpic, command: NoteRoles): readonly EpicEvent[] => {
  const roles = command.rolesOf[command.person];
  return roles === undefined ? [] : askedAgain(epic, command, command.person, roles);
};

/** Not at all, in their own right, or in whose place. */
const holding = ({ roles, instead = [] }: Pick<Approval, 'roles' | 'instead'>, role: Role): string => {
  const places = instead.filter((one) => one.role === role).map(({ of }) => of.id);
  return roles.includes(role) ? `held ${places.sort((one, other) => one - other).join()}` : '';
};

/** `RolesAsked` where `roles` differ, for a gate that is not over, from what the person's live approvals were given with. */
export const askedAgain = (
  epic: OpenedEpic,
  facts: Pick<NoteRoles, 'at' | 'by' | 'insteadOf'>,
  person: number,
  roles: NoteRoles['roles'],
): readonly EpicEvent[] => {
  const instead = facts.insteadOf?.[person] ?? [];
  const now = { roles, instead };
  const changed = epic.stages
    .filter((stage) => !isFinal(stage))
    .some((stage) => {
      const live = epic.pulls
        .filter((pull) => pull.stage === stage.definition.key)
        .flatMap((pull) => pull.reviews.filter((one) => !one.voided));
      const given = [...stage.approvals, ...live].filter((one) => one.by.id === person);
      return given.some((one) => {
        const rejects = 'verdict' in one && one.verdict === 'changes-requested';
        const asked = rejects ? mayReject(stage) : mayFill(stage);
        return asked.some((role) => holding(one, role) !== holding(now, role));
      });
    });
  const places = instead.length === 0 ? {} : { places: instead };
  return changed ? [{ type: 'RolesAsked', person, roles, ...places, at: facts.at, by: facts.by }] : [];
};
