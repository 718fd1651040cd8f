/** The formats of names and texts in workflow files and gatehouse.yml; each says its rule in words. */
import { z } from 'zod';

// No control characters and nothing that turns the direction of writing: what approvers read is what is there.
const oneLine = /^[^\p{Cc}\p{Bidi_Control}\u2028\u2029]*$/u;

const login = '[A-Za-z0-9][A-Za-z0-9_-]{0,38}';

/** The names people type and GitHub shows; the lengths come from GitHub's label limit of 50 characters. */
export const names = {
  workflow: z
    .string()
    .max(40, 'at most 40 characters, because `workflow:` and the name are a label')
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'small letters, digits, `_` and `-`, starting with a letter or digit'),
  stage: z
    .string()
    .max(50, 'at most 50 characters, because people type it')
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
      'letters, digits, `_`, `.` and `-`, starting with a letter or digit',
    ),
  role: z
    .string()
    .max(45, 'at most 45 characters, because `role:` and the name are a label')
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, `_` and `-`, starting with a letter or digit'),
  /** `octo-em` or `renovate[bot]`. */
  account: z
    .string()
    .regex(new RegExp(`^@?${login}(?:\\[bot\\])?$`), 'a GitHub account (`coder-bot` or `"renovate[bot]"`)'),
  person: z.string().regex(new RegExp(`^@?${login}$`), 'a GitHub user (`octo-em`)'),
  /** `octo-em`, `@octo-em`, `renovate[bot]` or `@acme/managers`; a team needs its `@`. */
  member: z
    .string()
    .regex(
      new RegExp(`^(?:@?${login}(?:\\[bot\\])?|@${login}\\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99})$`),
      'a GitHub user (`octo-em`) or a team (`"@acme/managers"`)',
    ),
};

/** A text on one line, trimmed, not empty, at most `most` characters. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'a text that is not empty')
    .max(most, `at most ${most} characters`)
    .regex(oneLine, 'one line of text without control characters');

/** A text of any lines, at most `most` characters; the space at its end is dropped. */
export const prose = (most: number) =>
  z
    .string()
    .max(most, `at most ${most} characters`)
    .transform((text) => text.trimEnd());
