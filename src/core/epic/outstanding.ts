/** What keeps a gate shut beside missing approvals: open criteria and concerns; the one list that gate, /why and issue read. */
import { type Explanation, plain } from './explanation.ts';
import { code, list, nameOf, whoHoldAny, whoHolds } from './say-who.ts';
import { pullsOf } from './stage.ts';
import type { NamedConcern, OpenedEpic, Stage } from './state.ts';

const mostShown = 80;

/** A criterion of a stage's gate as it is named to people: `2 (tests are green on staging)`. */
export const criterionName = (stage: Stage, criterion: number): string => {
  const text = stage.definition.gate?.criteria?.[criterion - 1] ?? '';
  return `${criterion} (${code(text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text)})`;
};

/** The numbers of the criteria that are neither ticked nor waived. */
export const openCriteria = (stage: Stage): readonly number[] =>
  (stage.definition.gate?.criteria ?? [])
    .map((_, index) => index + 1)
    .filter((criterion) => (stage.ticks ?? []).every((one) => one.criterion !== criterion));

/** Whoever vetoed and approves later has changed their mind, whether by comment or by review. */
const lifted = (epic: OpenedEpic, stage: Stage, { by, at, veto }: NamedConcern): boolean =>
  veto &&
  [
    ...stage.approvals,
    ...pullsOf(epic, stage.definition.key).flatMap((pull) =>
      pull.reviews.filter((one) => one.verdict === 'approved' && !one.voided),
    ),
  ].some((one) => one.by.id === by.id && one.at > at);

/** Concerns that nobody resolved and no approval of their owner lifted. */
export const openConcerns = (epic: OpenedEpic, stage: Stage): readonly NamedConcern[] =>
  (stage.concerns ?? []).filter((one) => one.resolved === undefined && !lifted(epic, stage, one));

const criteria = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => {
  const role = whoHolds(epic.rules, stage.definition.role);
  const who = stage.claimant === undefined ? role : list([nameOf(stage.claimant), role]);
  return openCriteria(stage).map((criterion) =>
    plain(false, `Criterion ${criterionName(stage, criterion)} is neither ticked nor waived.`, {
      who,
      next: code(`/check ${criterion} <evidence>`),
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

/** Everything that must be settled before the gate passes, approvals apart; neither a quorum nor a timer passes over it. */
export const outstanding = (epic: OpenedEpic, stage: Stage): readonly Explanation[] => [
  ...criteria(epic, stage),
  ...concerns(epic, stage),
];
