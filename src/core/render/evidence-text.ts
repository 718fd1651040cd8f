/** A piece of evidence as Markdown: a harmless address can be clicked, everything else is only shown. */
import { neutral } from './neutral.ts';

const address = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[\w.~\-/%?=&+:,;#!]*)?$/i;
// Addresses of issues and commits would leave a reference there, perhaps in somebody else's repository (threats T47).
const leavesReference = /\/(?:issues|pulls?|discussions|commits?|compare)(?:\/|$)/i;

/** `text` as a link when it is a web address and nothing else; otherwise its neutral form. */
export const evidenceText = (text: string): string => {
  const trimmed = text.trim();
  const linked = trimmed.length <= 500 && address.test(trimmed) && !leavesReference.test(trimmed);
  return linked ? `<${trimmed}>` : neutral(trimmed);
};
