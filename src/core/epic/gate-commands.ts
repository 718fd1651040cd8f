/** Commands about what keeps a gate shut beside approvals: criteria and concerns. */
import type { AboutStage } from './commands.ts';

/** A criterion is met; `words` name it by number or text, and the evidence follows. */
export interface Check extends AboutStage {
  readonly type: 'Check';
  readonly words: string;
  readonly commentId: number;
}
/** A criterion is let go; `words` as in `Check`, and the reason follows. */
export interface Waive extends AboutStage {
  readonly type: 'Waive';
  readonly words: string;
  readonly commentId: number;
}
export interface Concern extends AboutStage {
  readonly type: 'Concern';
  readonly text: string;
}
export interface Resolve extends AboutStage {
  readonly type: 'Resolve';
  readonly id: string;
  readonly reason: string;
}
