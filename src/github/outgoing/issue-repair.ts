/** What can be helped when GitHub refuses an issue's content (threats F28). */
import type { Person } from '../../core/epic/person.ts';
import type { GitHubFailure } from '../failure.ts';
import { cutToFit, refusedBecause } from './cut-to-fit.ts';

interface Content {
  readonly title?: string;
  readonly body?: string;
  readonly assignees?: readonly Person[];
}

/** The content to try instead, or null. Somebody who may not be assigned is left out: the body names them anyway. */
export const repairedContent = <C extends Content>(content: C, failure: GitHubFailure): C | null => {
  if (refusedBecause(failure, /assignee/i) && (content.assignees ?? []).length > 0) {
    return { ...content, assignees: [] };
  }
  if (!refusedBecause(failure, /too long|maximum is \d+ characters/i)) return null;
  const title = content.title === undefined ? {} : { title: cutToFit(content.title, 'title', 0.5) };
  const body = content.body === undefined ? {} : { body: cutToFit(content.body, 'body', 0.5) };
  const shorter = { ...content, ...title, ...body };
  return shorter.title === content.title && shorter.body === content.body ? null : shorter;
};
