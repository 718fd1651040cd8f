/** The moments at which the process may die (threats §3.1): where tests hold, kill or interrupt it. */

/**
 * B1 signature ok · B2 inbox committed · B3 2xx sent · B4 lane woken · B5 unread deliveries read · B6 decisions and
 * promises committed · B7 due promises read · B8 a request is about to be written · B10 its answer was read · B11 result
 * recorded · B12 lane given back · B13 projection written, not yet committed · B14 a job begins · B15 during start.
 * B9, applied by GitHub but not answered, happens over there.
 */
export const boundaries = [
  'B1',
  'B2',
  'B3',
  'B4',
  'B5',
  'B6',
  'B7',
  'B8',
  'B10',
  'B11',
  'B12',
  'B13',
  'B14',
  'B15',
] as const;

export type Boundary = (typeof boundaries)[number];

/** Called at each boundary, where somebody listens; nobody does in production, and then it costs a comparison. */
export type Reach = (boundary: Boundary) => Promise<void> | void;
