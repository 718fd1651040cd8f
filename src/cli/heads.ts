/** The last event of every stream as JSON lines, for keeping where whoever owns the database cannot write. */
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import type { Head } from '../engine/verify-ledger.ts';

const headSchema = z.object({
  epic: z.string(),
  version: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/i),
});

/** A file of heads is no file of heads, or cannot be written; the message says where. */
export class UnreadableHeads extends Error {
  override readonly name = 'UnreadableHeads';
}

const parseLine = (line: string, file: string, number: number): Head => {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch {
    throw new UnreadableHeads(`${file}:${number}: this is not {"epic", "version", "hash"}`);
  }
};

/** Reads heads line by line. Throws UnreadableHeads. */
export async function* readHeads(file: string): AsyncGenerator<Head> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() !== '') yield parseLine(line, file, number);
    }
  } catch (failure) {
    if (failure instanceof UnreadableHeads) throw failure;
    throw new UnreadableHeads(`${file}: ${failure instanceof Error ? failure.message : 'cannot be read'}`);
  }
}

/** A file of heads that comes into being whole, or not at all. */
export interface HeadsFile {
  readonly write: (head: Head) => void;
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** Writes beside `file` until it is kept. */
export const writeHeads = (file: string): HeadsFile => {
  const beside = `${file}.${process.pid}.new`;
  const stream: WriteStream = createWriteStream(beside, { mode: 0o644 });
  const over = finished(stream);
  over.catch(() => undefined);
  const close = async (): Promise<void> => {
    stream.end();
    await over.catch((failure: unknown) => {
      const why = failure instanceof Error && 'code' in failure ? String(failure.code) : String(failure);
      throw new UnreadableHeads(`${file}: cannot be written (${why})`);
    });
  };
  return {
    write: (head) => void stream.write(`${JSON.stringify(head)}\n`),
    keep: async () => {
      await close();
      await rename(beside, file);
    },
    drop: async () => {
      await close().catch(() => undefined);
      await rm(beside, { force: true });
    },
  };
};
