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
  /** A list that is not to be shortened before others are left out. */
  readonly whole?: true;
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

/** A list that is longer than `most`, with its first lines only. */
const shortened = (section: Section, most: number): Section => {
  const { text, whole } = section;
  const lines = text.split('\n');
  if (whole === true || text.length <= most || lines.length < 4) return section;
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length <= most;
  });
  return { ...section, text: [...kept, `- … and ${lines.length - kept.length} more`].join('\n') };
};

/** As short as its lists can be made, where that is short enough: what a person wrote fifteen times hides nothing of ours. */
const withShortLists = (sections: readonly Section[]): string | undefined => {
  const noted = sections.some(({ text }) => text === notice) ? sections : [...sections, { text: notice }];
  return [4_000, 2_000, 1_000]
    .map((most) => joined(noted.map((section) => shortened(section, most))))
    .find((body) => body.length <= mostCharacters);
};

const cutAtLine = (body: string): string => {
  const end = body.lastIndexOf('\n', mostCharacters - notice.length - 2);
  return `${body.slice(0, Math.max(end, 0))}\n\n${notice}`;
};

/** The sections as one body of at most 20,000 characters, far below GitHub's 65,536 (platform §4.7). */
export const bodyOf = (sections: readonly Section[]): string => {
  const body = joined(sections);
  if (body.length <= mostCharacters) return body;
  const worst = Math.max(...sections.map(({ spare }) => spare ?? 0));
  const short = worst > 1 ? undefined : withShortLists(sections);
  if (short !== undefined) return short;
  if (worst === 0) return cutAtLine(body);
  const kept = sections.filter(({ spare }) => spare !== worst);
  const noted = kept.some(({ text }) => text === notice) ? kept : [...kept, { text: notice }];
  return bodyOf(noted);
};
