/** The chain computed a second time, in another language than the trigger that wrote it (migrations/0002-trust.sql, threats T95). */
import { createHash } from 'node:crypto';

/** An event as the database prints it: every column as text, so that nothing is rounded on the way. */
export interface ChainedEvent {
  readonly epicId: string;
  readonly version: number;
  readonly type: string;
  /** The stored JSON, byte for byte. */
  readonly data: string;
  readonly cause: string;
  readonly actorId: string | null;
  /** `2026-01-31T12:34:56.123456`, UTC. */
  readonly at: string;
  readonly position: string;
  readonly hash: Buffer;
}

/** What stands in for the event before the first. */
export const chainStart: Buffer = Buffer.alloc(32);

/** Microseconds since 1970; NaN, as text, for what is no moment. */
const microseconds = (at: string): string => {
  const [, second, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})$/.exec(at) ?? [];
  const milliseconds = Date.parse(`${second}Z`);
  return Number.isNaN(milliseconds) ? 'NaN' : String(BigInt(milliseconds) * 1_000n + BigInt(fraction));
};

/** sha256 over the hash before and each field with its length in bytes, so that no field can borrow from its neighbour. */
export const chainHash = (previous: Buffer, event: ChainedEvent): Buffer => {
  const hash = createHash('sha256').update(previous);
  const fields = [
    event.epicId,
    String(event.version),
    event.type,
    event.data,
    event.cause,
    event.actorId ?? '',
    microseconds(event.at),
    event.position,
  ];
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:${field}`);
  return hash.digest();
};
