/** What stands where a file of rules should be and is none: said as a problem of that file, so that nothing is decided past it. */
import type { Problem } from '../core/workflow/problem.ts';
import type { FileRead, Instead } from '../github/facts/repository-files.ts';

const words: Readonly<Record<Instead, readonly [message: string, hint: string]>> = {
  link: ['this is a link, and rules are read from files only', 'put the file itself here'],
  submodule: ['this is a submodule, and rules are read from files only', 'put the file itself here'],
  folder: ['this is a folder', 'put the file here'],
  pointer: ['this is a pointer to a large file (Git LFS)', 'keep this file out of Git LFS'],
  'too-large': ['this file is too large to be read', 'a file of rules has at most 256 KiB'],
  shadow: [
    'this file is never read, but looks as if it were',
    'the one place is `.github/gatehouse.yml`: move it there, or remove it',
  ],
};

/** The file's problem; undefined for one that was read. */
export const unreadableFile = ({ path, instead }: FileRead): Problem | undefined => {
  if (instead === undefined) return undefined;
  const [message, hint] = words[instead];
  const code = instead === 'shadow' ? 'shadow' : 'not-a-file';
  return { code, message, hint, file: path, line: 1, column: 1 };
};
