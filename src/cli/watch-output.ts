/** What happens when nobody reads what is printed, or when it cannot be written: no crash, and no exit code that says something else. */

const reasonOf = (failure: NodeJS.ErrnoException): string => failure.code ?? failure.message;

/**
 * A reader that has seen enough (`| head`) stops nothing: the verb ends as it would have, with its own exit code. Output
 * that cannot be written, on a full disk for instance, is a run that told nothing: exit 2, not the 1 of contract §7.
 */
export const watchOutput = (): void => {
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error;
  });
  process.stderr.on('error', () => undefined);
  process.on('exit', () => {
    if (failure === undefined) return;
    process.stderr.write(`gatehouse: the output could not be written (${reasonOf(failure)})\n`);
    process.exitCode = 2;
  });
};
