/** What is remembered of an issue beside the digest of what it shows: its people's ticks, and the labels we put there. */
import { z } from 'zod';

const shape = z.object({
  /** The lines that are ticked. */
  ticks: z.array(z.string()).optional(),
  /** The lines that were ticked in what we last wrote; absent: the same. */
  written: z.array(z.string()).optional(),
  /** Every label of ours that may be there; absent: not known. */
  labels: z.array(z.string()).optional(),
});

/** See the fields. Rows from before they were kept have none. */
export type Memory = z.infer<typeof shape>;

/** What a painted row remembers; nothing where it remembers nothing. */
export const memoryOf = (remote: unknown): Memory => shape.safeParse(remote).data ?? {};
