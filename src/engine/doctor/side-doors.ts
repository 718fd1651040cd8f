/** Ways round a gate that GitHub's settings leave open: rules changed without review, Actions that approve, templates that label (threats §5.3). */
import type { BranchRules } from '../../github/facts/branch-rules.ts';
import { fileNow, pathsNow } from '../../github/facts/folder-files.ts';
import { workflowTokenNow } from '../../github/facts/workflow-token.ts';
import { workflowLabel } from '../../github/workflow-label.ts';
import type { Patient } from './branch.ts';
import { ownersOf } from './code-owners.ts';
import { type Finding, type Notes, notesOn } from './finding.ts';
import { isHidden, look } from './look.ts';

const configurationPath = '.github/gatehouse.yml';
const ownerFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const templateFolder = '.github/ISSUE_TEMPLATE';

const rulesFinding = async (
  notes: Notes,
  { client, ref }: Patient,
  rules: BranchRules | undefined,
): Promise<Finding> => {
  const check = 'rules-owned';
  let text: string | null = null;
  for (const path of ownerFiles) text ??= await fileNow(client, ref, path);
  const owners = text === null ? [] : ownersOf(text, configurationPath);
  const reviews = rules?.reviews;
  if (owners.length > 0 && reviews?.codeOwners === true)
    return notes.right(check, `${configurationPath} changes only with a review by ${owners.join(', ')}`);
  if (rules === undefined || rules.classic)
    return notes.unseen(
      check,
      `Whether ${configurationPath} changes only with its owners' review`,
      'it must: whoever changes it says who approves',
    );
  const mend = `name its owners in CODEOWNERS and require their review by a ruleset: whoever changes it says who approves`;
  if (reviews !== undefined && reviews.approvals > 0)
    return notes.warning(check, `any reviewer may let a change of ${configurationPath} pass`, mend);
  return notes.wrong(check, `${configurationPath} may be changed without anybody's review`, mend);
};

const actionFindings = async (notes: Notes, { client, ref }: Patient): Promise<readonly Finding[]> => {
  const place = 'the repository settings, Actions, Workflow permissions';
  const token = await look(workflowTokenNow(client, ref));
  if (isHidden(token))
    return [
      notes.unseen(
        'actions-approve',
        'Whether GitHub Actions may approve pull requests',
        `it must not, in ${place}`,
      ),
      notes.unseen(
        'actions-token',
        'Whether the default GITHUB_TOKEN is read-only',
        `it should be, in ${place}`,
      ),
    ];
  return [
    token.approves
      ? notes.wrong('actions-approve', 'GitHub Actions may approve pull requests', `forbid it in ${place}`)
      : notes.right('actions-approve', 'GitHub Actions may not approve pull requests'),
    token.writes
      ? notes.warning('actions-token', 'the default GITHUB_TOKEN may write', `make it read-only in ${place}`)
      : notes.right('actions-token', 'the default GITHUB_TOKEN is read-only'),
  ];
};

/** Front matter or form: labels stand as a list or as one text with commas, and all we want is whether one starts a workflow. */
const startsIn = (text: string): readonly string[] =>
  text
    .split(/[\n,[\]"']/)
    .map((word) => word.replace(/^\s*(?:labels:|-)?\s*/, '').trim())
    .filter((word) => /^\S+$/.test(word) && workflowLabel(word) !== undefined);

const templateFinding = async (notes: Notes, { client, ref }: Patient): Promise<Finding> => {
  const paths = [...(await pathsNow(client, ref, templateFolder)), '.github/ISSUE_TEMPLATE.md'];
  const found: string[] = [];
  for (const path of paths) {
    const labels = startsIn((await fileNow(client, ref, path)) ?? '');
    if (labels.length > 0) found.push(`${path} (${labels.join(', ')})`);
  }
  return found.length === 0
    ? notes.right('issue-templates', 'no issue template starts a workflow')
    : notes.wrong(
        'issue-templates',
        `whoever opens an issue starts a workflow by ${found.join(', ')}`,
        'take the label out of the template; people with triage put it on',
      );
};

/** Findings about side doors. Throws GitHubFailure where GitHub could not be asked. */
export const examineSideDoors = async (
  patient: Patient,
  rules: BranchRules | undefined,
): Promise<readonly Finding[]> => {
  const notes = notesOn(`${patient.ref.owner}/${patient.ref.name}`);
  return [
    await rulesFinding(notes, patient, rules),
    ...(await actionFindings(notes, patient)),
    await templateFinding(notes, patient),
  ];
};
