/** The default branch: is Gatehouse's check demanded, from Gatehouse alone, and by whom can it be passed by? (threats §5.3) */

import type { Granted } from '../../github/facts/app-permissions.ts';
import { type BranchRules, branchRulesNow, bypassersOf } from '../../github/facts/branch-rules.ts';
import type { Site } from '../site.ts';
import { type Finding, type Notes, notesOn } from './finding.ts';
import { isHidden, look } from './look.ts';
import { onlyForQueues } from './wanted.ts';

const checkName = 'gatehouse';
const place = 'the repository settings, Rules';

/** A repository about to be examined; of its site only what is needed. */
export interface Patient {
  readonly client: Site['client'];
  readonly ref: Site['ref'];
  readonly branch: string;
  readonly appId: number;
  readonly granted: Granted;
}

const checkFinding = (notes: Notes, { checks }: BranchRules, { appId, branch }: Patient): Finding => {
  const ours = checks.filter((one) => one.name === checkName);
  if (ours.length === 0)
    return notes.wrong(
      'required-check',
      `\`${checkName}\` is not required on ${branch}: nothing is held back`,
      `add a ruleset for ${branch} that requires the status check \`${checkName}\` with this App as its source, in ${place}`,
    );
  if (ours.some((one) => one.appId === appId))
    return notes.right('required-check', `\`${checkName}\` from this App is required on ${branch}`);
  const other = ours.find((one) => one.appId !== null);
  const source = other === undefined ? 'from any source' : `from App ${other.appId}`;
  return notes.wrong(
    'required-check',
    `\`${checkName}\` is required on ${branch}, but ${source}: somebody else can set it`,
    `choose this App (${appId}) as the check's source, in ${place}`,
  );
};

const bypassFindings = async (
  notes: Notes,
  rules: BranchRules,
  { client, ref }: Patient,
): Promise<readonly Finding[]> => {
  const found = await Promise.all(
    rules.rulesets.map(async (id): Promise<Finding> => {
      const seen = await look(bypassersOf(client, ref, id));
      const name = isHidden(seen) ? String(id) : `"${seen.name}"`;
      if (isHidden(seen) || seen.who === null)
        return notes.unseen(
          'bypass',
          `Who may bypass ruleset ${name}`,
          `its bypass list must be empty, in ${place}`,
        );
      return seen.who.length === 0
        ? notes.right('bypass', `nobody may bypass ruleset ${name}`)
        : notes.wrong(
            'bypass',
            `ruleset ${name} may be bypassed by ${seen.who.join(', ')}`,
            `empty its bypass list, in ${place}`,
          );
    }),
  );
  if (!rules.classic) return found;
  const classic =
    rules.bindsAdmins === false
      ? notes.wrong(
          'bypass',
          'the branch protection does not bind administrators',
          'tick "Do not allow bypassing", in the repository settings, Branches',
        )
      : notes.unseen(
          'bypass',
          'Who may bypass the branch protection',
          '"Do not allow bypassing" must be ticked, in the repository settings, Branches',
        );
  return [...found, classic];
};

const reviewFindings = (notes: Notes, { reviews, classic }: BranchRules): readonly Finding[] => {
  const one = (check: string, holds: boolean, what: string): Finding => {
    if (holds) return notes.right(check, `GitHub ${what}`);
    return classic
      ? notes.unseen(check, `Whether GitHub ${what}`, 'look in the repository settings, Branches')
      : notes.warning(
          check,
          `GitHub does not say that it ${what}`,
          `Gatehouse's own gates do; for GitHub's reviews set it in ${place}`,
        );
  };
  return [
    one('stale-approvals', reviews.dismissesStale, 'dismisses approvals when somebody pushes'),
    one('last-push', reviews.lastPush, 'wants an approval from somebody who did not push last'),
  ];
};

const queueFinding = (notes: Notes, { mergeQueue }: BranchRules, { granted }: Patient): Finding => {
  if (!mergeQueue) return notes.right('merge-queue', 'no merge queue, none is needed');
  const { permission, event } = onlyForQueues;
  const hears = granted.events.includes(event) && granted.permissions[permission] !== undefined;
  return hears
    ? notes.right('merge-queue', 'a merge queue, and the App hears merge_group')
    : notes.wrong(
        'merge-queue',
        'a merge queue, but the App does not hear merge_group: the queue waits for ever',
        "grant Merge queues: read and subscribe to Merge group in the App's settings",
      );
};

/** Findings about the default branch, and the rules they were made from (undefined where this server does not tell). */
export const examineBranch = async (
  patient: Patient,
): Promise<{ readonly findings: readonly Finding[]; readonly rules: BranchRules | undefined }> => {
  const { client, ref, branch } = patient;
  const notes = notesOn(`${ref.owner}/${ref.name}`);
  const rules = await look(branchRulesNow(client, ref, branch));
  if (isHidden(rules)) {
    const mend = `\`${checkName}\` from this App must be required on ${branch}, bypassed by nobody`;
    return { findings: [notes.unseen('required-check', `The rules of ${branch}`, mend)], rules: undefined };
  }
  const findings = [
    checkFinding(notes, rules, patient),
    ...(await bypassFindings(notes, rules, patient)),
    ...reviewFindings(notes, rules),
    queueFinding(notes, rules, patient),
  ];
  return { findings, rules };
};
