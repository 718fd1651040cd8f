/** Text as a PostgreSQL text column can hold it. */

/** Replaces NUL, the one character text columns refuse (threats T07); for words that are shown, never for what must stay exact. */
export const plainText = (text: string): string => text.replaceAll('\0', '\uFFFD');
