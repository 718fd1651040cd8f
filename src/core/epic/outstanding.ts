/** What keeps a gate shut beside missing approvals: open criteria and concerns; the one list that gate, /why and issue read. */
import { type Explanation, plain } from './explanation.ts';
import { openConcerns } from './open-concerns.ts';
import type { Person } from './person.ts';
import { code, list, nameOf, whoHoldAny, whoHolds } from './say-who.ts';
import type { OpenedEpic, Stage } from './state.ts';

const mostShown = 80;

/** A criterion of a stage's gate as it is named to people: `2 (tests are green on staging)`. */
export const criterionName = (stage: Stage, criterion: number): string => {
  const text = stage.definition.gate?.criteria?.[criterion - 1] ?? '';
  // Half a character is dropped by `code`.
  return `${criterion} (${code(text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text)})`;
};

/** The numbers of the criteria that are neither ticked nor waived. */
export const openCriteria = (stage: Stage): readonly number[] =>
  (stage.definition.gate?.criteria ?? [])
    .map((_, index) => index + 1)
    .filter((criterion) => (stage.ticks ?? []).every((one) => one.criterion !== criterion));

const criteria = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const role = whoHolds(epic.rules, stage.definition.role);
  const who = stage.claimant === undefined ? role : list([nameOf(stage.claimant), role]);
  const begun = stage.status === 'in-progress' || stage.status === 'in-review';
  const once = begun ? '' : ' once it is claimed';
  return openCriteria(stage).map((criterion) =>
    plain(false, `Criterion ${criterionName(stage, criterion)} is neither ticked nor waived.`, {
      who,
      next: `${code(`/check ${criterion} <evidence>`)}${once}`,
    }),
  );
};

const concerns = (epic: OpenedEpic, stage: Stage): readonly Explanation[] =>
  openConcerns(epic, stage).map(({ id, by, veto }) =>
    plain(false, `${veto ? 'Veto' : 'Concern'} ${code(id)} of ${nameOf(by)} is open.`, {
      who: `${nameOf(by)}; with a reason also ${whoHoldAny(epic.rules, epic.rules.policy.overrideRoles)}`,
      next: code(`/resolve ${id}`),
    }),
  );

/** Who can settle it: the claimant what is not ticked, whoever raised a concern that one; each once. */
export const owedBy = (epic: OpenedEpic, stage: Stage): readonly Person[] => {
  const claimant = openCriteria(stage).length > 0 && stage.claimant !== undefined ? [stage.claimant] : [];
  const people = [...claimant, ...openConcerns(epic, stage).map((one) => one.by)];
  return people.filter((one, index) => people.findIndex((other) => other.id === one.id) === index);
};

/** Everything that must be settled before the gate passes, approvals apart; neither a quorum nor a timer passes over it. */
export const outstanding = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => [
  ...criteria(epic, stage),
  ...concerns(epic, stage),
];
