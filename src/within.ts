/** Waiting, but not for ever. */

/** Waits for `work`, at most so many milliseconds; throws what it throws, and goes on without it where it is late. */
export const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
};
