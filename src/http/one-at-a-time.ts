/** Work that is the same for everybody who asks for it: whoever asks while it is under way gets what comes of it. */

/** `work`, under way once at most: however many ask at once, the database is asked once. */
export const oneAtATime = <Result>(work: () => Promise<Result>): (() => Promise<Result>) => {
  let underWay: Promise<Result> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
};
