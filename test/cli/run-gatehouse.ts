/** The command line as people run it: the real process, its exit code, and what it prints where. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compiled } from '../world/compiled.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a run came to: exit code, stdout, stderr. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
}

/** Runs a verb from the project's root with nothing in its environment but PATH and what is given. */
export const runGatehouse = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = { NO_COLOR: '1' },
): Promise<Ran> =>
  new Promise((done) => {
    const options = {
      cwd: root,
      env: { PATH: process.env['PATH'], ...compiled, ...env },
      maxBuffer: 2 ** 28,
    };
    const child = execFile(
      process.execPath,
      [process.env['GATEHOUSE_TEST_CLI'] ?? 'src/cli/index.ts', ...args],
      options,
      (_failed, out, talk) => {
        done({ code: child.exitCode ?? -1, out, talk });
      },
    );
  });
