/** What an epic keeps people busy with: stages claimed and in progress, gates they were asked to look at. */
import type { Role, StageKey } from '../workflow/definition.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** One thing in somebody's hands. */
export interface Load {
  readonly kind: 'claim' | 'review';
  readonly stage: StageKey;
  /** The stage's issue in the same repository. */
  readonly issue: number | null;
  readonly person: number;
  readonly role: Role;
  /** When it was claimed, or when they were asked; ISO 8601. */
  readonly since: string;
  /** False for a review that nobody waits for any more. */
  readonly open: boolean;
}

const claimOf = (stage: Stage): readonly Load[] =>
  stage.claimant === undefined || stage.status !== 'in-progress'
    ? []
    : [
        {
          kind: 'claim',
          stage: stage.definition.key,
          issue: stage.issue?.number ?? null,
          person: stage.claimant.id,
          role: stage.definition.role,
          since: stage.since,
          open: true,
        },
      ];

const reviewsOf = (epic: OpenedEpic, stage: Stage): readonly Load[] => {
  const waits = stage.status === 'in-review' && !stage.gatePassed;
  const said = [
    ...stage.approvals,
    ...epic.pulls
      .filter((pull) => pull.stage === stage.definition.key)
      .flatMap((pull) => pull.reviews.filter((one) => !one.voided)),
  ].map((one) => one.by.id);
  return (stage.reviewers ?? []).map(({ by, role, at }) => ({
    kind: 'review',
    stage: stage.definition.key,
    issue: stage.issue?.number ?? null,
    person: by.id,
    role,
    since: at,
    open: waits && !said.includes(by.id),
  }));
};

/** Everything in people's hands by this epic; nothing is open once it has ended. */
export const loadsOf = (epic: OpenedEpic): readonly Load[] => {
  const live = epic.status === 'running' || epic.status === 'paused';
  const all = epic.stages.flatMap((stage) => [...claimOf(stage), ...reviewsOf(epic, stage)]);
  return live ? all : all.map((one) => ({ ...one, open: false }));
};
