/** Others' words on one line of a terminal. */

/** Without control characters: what somebody else wrote must not drive the terminal. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');
