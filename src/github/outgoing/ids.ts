/** The GraphQL node ids that we know of one repository, and may find out to be wrong. */
import type { Person } from '../../core/epic/person.ts';

/** Kept by the caller between batches; `forget` is called for a label that GitHub no longer has. */
export interface KnownIds {
  /** Node id of the repository. */
  readonly repository: string;
  /** Node ids of labels, by name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly learn: (labels: Readonly<Record<string, string>>) => void;
  readonly forget: (label: string) => void;
}

/** A repository's node id and what is known of its labels → KnownIds. */
export const knownIds = (repository: string, labels: Readonly<Record<string, string>> = {}): KnownIds => {
  const held = new Map(Object.entries(labels));
  return {
    repository,
    get labels() {
      return Object.fromEntries(held);
    },
    learn: (more) => {
      for (const [name, id] of Object.entries(more)) held.set(name, id);
    },
    forget: (label) => {
      held.delete(label);
    },
  };
};

/** Label names and people → the lists GraphQL wants; null when an id is not known, so that REST does it by name. */
export const idLists = (
  wanted: {
    readonly labels?: readonly string[] | undefined;
    readonly assignees?: readonly Person[] | undefined;
  },
  ids: KnownIds,
): { readonly labelIds?: readonly string[]; readonly assigneeIds?: readonly string[] } | null => {
  const known = ids.labels;
  const labelIds = wanted.labels?.map((name) => known[name]);
  const assigneeIds = wanted.assignees?.map((person) => person.nodeId);
  if (labelIds?.includes(undefined) || assigneeIds?.includes(undefined)) return null;
  return {
    ...(labelIds === undefined ? {} : { labelIds: labelIds.filter((id) => id !== undefined) }),
    ...(assigneeIds === undefined ? {} : { assigneeIds: assigneeIds.filter((id) => id !== undefined) }),
  };
};
