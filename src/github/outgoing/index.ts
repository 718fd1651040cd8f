/** The registry of writes: one line per kind. */
import { addBlockedBy } from './add-blocked-by.ts';
import { addComment } from './add-comment.ts';
import { addLabels } from './add-labels.ts';
import { addReaction } from './add-reaction.ts';
import { addSubIssue } from './add-sub-issue.ts';
import { createIssue } from './create-issue.ts';
import { apply, type Prepared } from './form.ts';
import { putCheckRun } from './put-check-run.ts';
import { removeBlockedBy } from './remove-blocked-by.ts';
import { removeLabel } from './remove-label.ts';
import { requestReview } from './request-review.ts';
import { unlockIssue } from './unlock-issue.ts';
import { updateIssue } from './update-issue.ts';
import type { Write } from './write.ts';

/** Write → Prepared, by the form of its kind. */
export const prepare = (write: Write): Prepared => {
  switch (write.kind) {
    case 'create-issue':
      return apply(createIssue, write);
    case 'update-issue':
      return apply(updateIssue, write);
    case 'add-labels':
      return apply(addLabels, write);
    case 'remove-label':
      return apply(removeLabel, write);
    case 'unlock-issue':
      return apply(unlockIssue, write);
    case 'add-sub-issue':
      return apply(addSubIssue, write);
    case 'add-blocked-by':
      return apply(addBlockedBy, write);
    case 'remove-blocked-by':
      return apply(removeBlockedBy, write);
    case 'put-check-run':
      return apply(putCheckRun, write);
    case 'add-comment':
      return apply(addComment, write);
    case 'add-reaction':
      return apply(addReaction, write);
    case 'request-review':
      return apply(requestReview, write);
  }
};
