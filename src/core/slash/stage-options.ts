/** The options of `/add-stage` and `/add-task`, `word:value` in front of the title: `role:ENGINEER after:2_design Audit the logs`. */

/** What the options say, and the title behind them. */
export interface StageOptions {
  readonly role?: string;
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly gate?: string;
  readonly approvers: readonly string[];
  readonly title: string;
}

const option = /^(role|after|before|gate|approvers):(\S*)(?:\s+|$)/;

const several = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').filter((one) => one !== '');

/** Reads options until a word is none; the last of two of the same kind holds. Names are checked later, against the epic. */
export const stageOptions = (argument: string): StageOptions => {
  const given = new Map<string, string>();
  let rest = argument;
  for (let found = option.exec(rest); found !== null; found = option.exec(rest)) {
    given.set(found[1] ?? '', found[2] ?? '');
    rest = rest.slice(found[0].length);
  }
  const [role, gate] = [given.get('role'), given.get('gate')];
  return {
    ...(role === undefined || role === '' ? {} : { role }),
    ...(gate === undefined || gate === '' ? {} : { gate }),
    after: several(given.get('after')),
    before: several(given.get('before')),
    approvers: several(given.get('approvers')),
    title: rest.trim(),
  };
};
