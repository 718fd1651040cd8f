/** One repository: its branch, its side doors, its rules. */
import type { InstallationSeen } from '../../github/facts/app-permissions.ts';
import type { RepositoryInstalled } from '../../github/facts/installed-repositories.ts';
import { headCommit, readRepositoryFiles } from '../../github/facts/repository-files.ts';
import { pinsOf } from '../ledger-pins.ts';
import { examineBranch, type Patient } from './branch.ts';
import { type Finding, notesOn } from './finding.ts';
import { examineRules } from './rules.ts';
import { examineSideDoors } from './side-doors.ts';
import type { Ward } from './ward.ts';

/** Findings about a repository. One that does not use Gatehouse is not held to anything, unless it was asked for by name. */
export const examineRepository = async (
  { github, db, only }: Ward,
  installation: InstallationSeen,
  { ref, branch, archived }: RepositoryInstalled,
): Promise<readonly Finding[]> => {
  const client = github.installation(installation.id);
  const notes = notesOn(`${ref.owner}/${ref.name}`);
  if (archived) return [notes.right('used', 'is archived')];
  const files = await readRepositoryFiles(client, ref, await headCommit(client, ref, branch));
  const patient: Patient = { client, ref, branch, appId: github.appId, granted: installation };
  const { findings, rules } = await examineBranch(patient);
  const used = files.own !== null || files.organization !== null || files.workflows.length > 0;
  const demanded = rules?.checks.some((check) => check.name === 'gatehouse') ?? false;
  if (!used && !demanded && only === undefined)
    return [notes.right('used', 'does not use Gatehouse: no .github/gatehouse.yml')];
  return [
    ...findings,
    ...(await examineSideDoors(patient, rules)),
    ...(await examineRules(patient, files, db === undefined ? undefined : pinsOf(db, ref.id))),
  ];
};
