/** A directory of ours that PostgreSQL's OS user can reach when the project's own directory cannot be. */
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from './run-as.ts';

/**
 * `/var/lib/gatehouse` for root, who alone can have the problem, since temporary directories are swept by the
 * system; else a directory of ours below the temporary one. Throws if somebody else owns it or may write there.
 */
export const reachablePlace = async (): Promise<string> => {
  const uid = process.getuid?.() ?? 0;
  const place = isRoot() ? '/var/lib/gatehouse' : join(tmpdir(), `gatehouse-${uid}`);
  await mkdir(place, { recursive: true, mode: 0o755 });
  const found = await lstat(place);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) {
    throw new Error(
      `${place} must be a directory that only its owner (uid ${uid}) may write to. Repair or remove it, or set DATABASE_URL.`,
    );
  }
  return place;
};
