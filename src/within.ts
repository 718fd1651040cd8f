/** Waiting, but not for ever. */

/** Waits for `work`, at most so many milliseconds; throws what it throws, and goes on without it where it is late: then the answer is false. */
export const within = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  return Promise.race([work.then(() => true), over]).finally(() => clearTimeout(timer));
};
