/** What GitHub showed or lost, to be recorded: commands nobody types. */
import type { IssueOpened } from './events.ts';
import type { Facts } from './facts.ts';
import type { Subject } from './subject.ts';

/** One of our issues stands on GitHub. */
export interface RecordIssue extends Facts {
  readonly type: 'RecordIssue';
  readonly object: IssueOpened['object'];
  readonly issue: IssueOpened['issue'];
}
/** One of our issues was deleted or moved out of reach. */
export interface RecordIssueLost extends Facts {
  readonly type: 'RecordIssueLost';
  readonly object: IssueOpened['object'];
}
/** The check run now shows this head. */
export interface RecordHeadShown extends Facts {
  readonly type: 'RecordHeadShown';
  readonly number: number;
  readonly head: string;
}
export interface Retitle extends Facts {
  readonly type: 'Retitle';
  readonly title: string;
}
export interface Move extends Facts {
  readonly type: 'Move';
  readonly subject: Subject;
}
