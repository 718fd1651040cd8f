/** GitHub's own relations between our issues: sub-issues and blocked-by (contract §2). They show the order; the ledger decides. */
import type { OpenedEpic, Stage } from '../../core/epic/state.ts';
import type { RepositoryRef } from '../../core/epic/subject.ts';
import type { Write } from '../../github/outgoing/write.ts';

/** A link to make, and the object it is remembered as. */
export interface LinkStroke {
  readonly write: Write;
  readonly object: string;
  readonly digest: string;
}

const dependenciesOf = (epic: OpenedEpic, stage: Stage, repository: RepositoryRef): readonly LinkStroke[] =>
  stage.definition.dependsOn.flatMap((key) => {
    const blocker = epic.stages.find((one) => one.definition.key === key)?.issue;
    if (blocker === undefined || stage.issue === undefined) return [];
    const object = `blocked:${stage.issue.id}:${blocker.id}`;
    const write: Write = { kind: 'add-blocked-by', key: object, repository, issue: stage.issue, blocker };
    return [{ write, object, digest: 'linked' }];
  });

/** All links an epic wants, in an order that leaves sub-issues as the workflow lists its stages. Named by issue, so that a new issue is linked anew. */
export const linksOf = (epic: OpenedEpic, repository: RepositoryRef): readonly LinkStroke[] => {
  const { checklist } = epic;
  if (checklist === undefined) return [];
  const under = (parent: typeof checklist, child: typeof checklist): LinkStroke => {
    const object = `sub:${parent.id}:${child.id}`;
    return {
      write: { kind: 'add-sub-issue', key: object, repository, parent, child },
      object,
      digest: 'linked',
    };
  };
  const stages = epic.stages.flatMap((stage) =>
    stage.issue === undefined ? [] : [under(checklist, stage.issue)],
  );
  const blocked = epic.stages.flatMap((stage) => dependenciesOf(epic, stage, repository));
  return [under(epic.subject.issue, checklist), ...stages, ...blocked];
};

/** Dependencies that are shown and no longer wanted, because a migration dropped them. Of issues the epic no longer has, nothing is said. */
export const looseLinksOf = (
  epic: OpenedEpic,
  wanted: readonly LinkStroke[],
  painted: ReadonlyMap<string, { readonly digest: string }>,
): readonly LinkStroke[] => {
  const kept = new Set(wanted.map(({ object }) => object));
  const issues = [...epic.stages, ...(epic.removed ?? [])].flatMap(({ issue }) => issue ?? []);
  const find = (id: string | undefined) => issues.find((issue) => String(issue.id) === id);
  return [...painted].flatMap(([object, { digest }]) => {
    const [kind, waiting, before] = object.split(':');
    const [issue, blocker] = [find(waiting), find(before)];
    if (kind !== 'blocked' || digest !== 'linked' || kept.has(object)) return [];
    if (issue === undefined || blocker === undefined) return [];
    const { repository } = epic.subject;
    const write: Write = { kind: 'remove-blocked-by', key: object, repository, issue, blocker };
    return [{ write, object, digest: 'unlinked' }];
  });
};
