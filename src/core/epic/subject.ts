/** Where things are on GitHub: numbers people see, ids that never change, kept apart by brand. */

/** The number after `#`; unique in one repository only. */
export type IssueNumber = number & { readonly brand: 'issue-number' };
/** GitHub's global database id of an issue; what sub-issue and dependency endpoints take (platform §4.4). */
export type IssueId = number & { readonly brand: 'issue-id' };

/** An issue of ours or somebody's, in all three of GitHub's names for it. */
export interface IssueRef {
  readonly number: IssueNumber;
  readonly id: IssueId;
  readonly nodeId: string;
}

/** A repository by its numeric id; owner and name are only how it is addressed today. */
export interface RepositoryRef {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
}

/** The issue somebody labelled: the epic's own place on GitHub. */
export interface Subject {
  readonly repository: RepositoryRef;
  readonly issue: IssueRef;
}

/** The stream's id in the ledger: the epic issue's database id as text; it survives renames and transfers. */
export type EpicId = string & { readonly brand: 'epic-id' };
