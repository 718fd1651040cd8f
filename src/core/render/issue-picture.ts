/** What an issue of ours should look like, and how its body is kept within bounds. */

/** An issue as GitHub should show it; everything in it is ours and written again when it differs. */
export interface IssuePicture {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly state: 'open' | 'closed';
  readonly stateReason?: 'completed' | 'not_planned';
}

/** A part of a body. Parts with the highest `spare` are left out first; without `spare` a part always stays. */
export interface Section {
  readonly text: string;
  readonly spare?: number;
}

const mostCharacters = 20_000;
const notice = '_Some of this was left out because it is very long._';

const joined = (sections: readonly Section[]): string =>
  sections
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n')
    // GitHub would put something else in the place of half a character, and it would be put right for ever.
    .toWellFormed();

const cutAtLine = (body: string): string => {
  const end = body.lastIndexOf('\n', mostCharacters - notice.length - 2);
  return `${body.slice(0, Math.max(end, 0))}\n\n${notice}`;
};

/** The sections as one body of at most 20,000 characters, far below GitHub's 65,536 (platform §4.7). */
export const bodyOf = (sections: readonly Section[]): string => {
  const body = joined(sections);
  if (body.length <= mostCharacters) return body;
  const worst = Math.max(...sections.map(({ spare }) => spare ?? 0));
  if (worst === 0) return cutAtLine(body);
  const kept = sections.filter(({ spare }) => spare !== worst);
  const noted = kept.some(({ text }) => text === notice) ? kept : [...kept, { text: notice }];
  return bodyOf(noted);
};
