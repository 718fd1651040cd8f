/** What signals bring about: the part of the ledger's vocabulary that belongs to requirements SG. */
import type { StageDefinition, StageKey } from '../workflow/definition.ts';
import type { Deed } from './deed.ts';
import type { Glass } from './glass.ts';
import type { Part } from './hold.ts';
import type { Person } from './person.ts';
import type { PriorityLevel } from './priority.ts';
import type { Question } from './question.ts';

/** What every event tells: when, and by whom (`gatehouse` for what followed by itself). */
export interface Told {
  readonly at: string;
  readonly by: Person;
  /** In whose place, where every role that allowed it was held for somebody who is away. */
  readonly instead?: Person;
}

/** What every event about one stage tells. */
export interface OfStage extends Told {
  readonly stage: StageKey;
}

/** See `EpicEvent`. */
export type SignalEvent =
  | (Told & { readonly type: 'PartPaused'; readonly part: Part; readonly reason: string })
  | (Told & { readonly type: 'PartResumed'; readonly part: Part })
  | (Told & { readonly type: 'EpicStopped'; readonly reason: string })
  | (OfStage & {
      readonly type: 'QuestionAsked';
      readonly question: string;
      readonly kind: Question['kind'];
      readonly text: string;
    })
  | (OfStage & { readonly type: 'QuestionAnswered'; readonly question: string; readonly text: string })
  | (OfStage & { readonly type: 'QuestionWithdrawn'; readonly question: string })
  /** Without `stage`: of the whole epic. */
  | (Told & {
      readonly type: 'PrioritySet';
      readonly level: PriorityLevel;
      readonly stage?: StageKey;
      readonly reason: string;
    })
  /** What somebody did is taken back; `deed`: its name in the epic. */
  | (Told & {
      readonly type: 'DeedUndone';
      readonly deed: string;
      readonly kind: Deed['kind'];
      readonly stage?: StageKey;
    })
  | (OfStage & {
      readonly type: 'GlassAsked';
      readonly glass: string;
      readonly what: Glass['what'];
      readonly reason: string;
    })
  | (Told & { readonly type: 'GlassUsed'; readonly glass: string; readonly reviewWithin?: number })
  | (Told & { readonly type: 'GlassReviewed'; readonly glass: string; readonly text: string })
  | (Told & { readonly type: 'GlassOverdue'; readonly glass: string })
  /** `before`: stages that wait for the new one too from now on; `unvouched`: no pull request passes by it. */
  | (Told & {
      readonly type: 'WorkflowExtended';
      readonly definition: StageDefinition;
      readonly before: readonly StageKey[];
      readonly unvouched?: true;
    });
