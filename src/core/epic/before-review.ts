/** What has to happen before a stage is in review, so that nobody is told to type what would be refused. */
import { code, list, nameOf, whoHolds } from './say-who.ts';
import { openDependencies } from './stage.ts';
import type { OpenedEpic, Stage } from './state.ts';

/** Who is next and what they type: the claim, once it can be made, and then the submission; nothing for a stage that is over. */
export const beforeReview = (
  epic: OpenedEpic,
  stage: Stage,
): { readonly who?: string; readonly next?: string } => {
  const { status, claimant, definition } = stage;
  if (status === 'in-progress' && claimant !== undefined)
    return { who: nameOf(claimant), next: code('/submit') };
  if (status !== 'waiting' && status !== 'ready') return {};
  const open = openDependencies(epic, stage).map((one) => code(one.definition.key));
  const once = open.length === 0 ? '' : ` once ${list(open)} ${open.length === 1 ? 'is' : 'are'} done`;
  return { who: whoHolds(epic.rules, definition.role), next: `${code('/claim')}${once}` };
};
