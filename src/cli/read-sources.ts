/** Files from disk as text; what cannot be read is said, file by file. */
import { readFile } from 'node:fs/promises';

/** A file that was read. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Reads each file once, in the order given. Never throws: a missing file, a directory or bytes that are no UTF-8 are named. */
export async function readSources(files: readonly string[]): Promise<{
  readonly sources: readonly Source[];
  readonly unreadable: readonly { readonly file: string; readonly why: string }[];
}> {
  const read = await Promise.all([...new Set(files)].map(readSource));
  return {
    sources: read.filter((one) => 'text' in one),
    unreadable: read.filter((one) => 'why' in one),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a directory: name the files in it',
  EACCES: 'may not be read',
};

async function readSource(file: string): Promise<Source | { readonly file: string; readonly why: string }> {
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (thrown) {
    if (thrown instanceof TypeError) return { file, why: 'this is not a text in UTF-8' };
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    return { file, why: reasons[code] ?? `cannot be read (${code || String(thrown)})` };
  }
}
