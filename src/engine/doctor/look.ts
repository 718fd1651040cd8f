/** Asking GitHub for something it may refuse to show: a refusal is an answer, anything else is thrown. */
import { GitHubFailure } from '../../github/failure.ts';

/** It is not for us to see. */
export interface Hidden {
  readonly hidden: true;
  readonly status: number;
}

/** What was asked for, or Hidden where GitHub refused. Throws GitHubFailure where it could not be asked. */
export const look = async <T extends object>(asked: Promise<T>): Promise<T | Hidden> => {
  try {
    return await asked;
  } catch (failure) {
    if (failure instanceof GitHubFailure && failure.kind === 'refused')
      return { hidden: true, status: failure.status };
    throw failure;
  }
};

/** Tells the two apart. */
export const isHidden = (seen: object): seen is Hidden => 'hidden' in seen;
