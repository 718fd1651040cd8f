/** `gatehouse doctor`'s rounds: the ledger, the App, its webhook, each installation, each repository (threats §5.3, in that order). */
import { type InstallationSeen, installationOf, installationsNow } from '../github/facts/app-permissions.ts';
import { installedRepositories } from '../github/facts/installed-repositories.ts';
import { GitHubFailure } from '../github/failure.ts';
import { examineApp } from './doctor/app.ts';
import { type Finding, notesOn } from './doctor/finding.ts';
import { examineHook } from './doctor/hook.ts';
import { examineInstallation } from './doctor/installation.ts';
import { examineLedger } from './doctor/ledger.ts';
import { examineRepository } from './doctor/repository.ts';
import type { Ward } from './doctor/ward.ts';

/** A dozen requests each: more at once would eat the hour's allowance of the service itself. */
const mostRepositories = 100;

const orSay = async (
  about: string,
  asked: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    return await asked();
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    const mend = `${failure.url}; ask again, and look at what the App may see`;
    return [notesOn(about).wrong('asked', `GitHub could not be asked: ${failure.message}`, mend)];
  }
};

const examineOne = async (ward: Ward, installation: InstallationSeen): Promise<readonly Finding[]> => {
  const { account, id, suspended } = installation;
  const own = examineInstallation(installation);
  if (suspended) return own;
  const rest = await orSay(account, async () => {
    const all = await installedRepositories(ward.github.installation(id));
    const { only } = ward;
    const chosen = all.filter(
      ({ ref }) =>
        only === undefined ||
        (ref.owner.toLowerCase() === only.owner.toLowerCase() &&
          ref.name.toLowerCase() === only.name.toLowerCase()),
    );
    const findings: Finding[] = [];
    for (const one of chosen.slice(0, mostRepositories))
      findings.push(
        ...(await orSay(`${one.ref.owner}/${one.ref.name}`, () =>
          examineRepository(ward, installation, one),
        )),
      );
    if (only !== undefined && chosen.length === 0)
      findings.push(
        notesOn(`${only.owner}/${only.name}`).wrong(
          'installed',
          'the installation does not show a repository of this name',
          'was it renamed, or left out of the selected repositories?',
        ),
      );
    if (chosen.length > mostRepositories)
      findings.push(
        notesOn(account).unseen(
          'repositories',
          `${chosen.length - mostRepositories} repositories more`,
          'name one with --repository',
        ),
      );
    return findings;
  });
  return [...own, ...rest];
};

const installationsOf = async ({ github, only }: Ward): Promise<readonly InstallationSeen[]> => {
  if (only === undefined) return installationsNow(github.app);
  const one = await installationOf(github.app, only);
  return one === null ? [] : [one];
};

const examineInstallations = async (ward: Ward): Promise<readonly Finding[]> => {
  const installations = await installationsOf(ward);
  if (installations.length > 0) {
    const all = await Promise.all(installations.map((one) => examineOne(ward, one)));
    return all.flat();
  }
  const { only } = ward;
  const about = only === undefined ? 'App' : `${only.owner}/${only.name}`;
  const mend = "install it: the App's public page, Install";
  return [notesOn(about).wrong('installed', 'the App is not installed here', mend)];
};

/** Examines everything that can be reached; a failure becomes a finding, so that one does not hide the others. */
export const examineAll = async (ward: Ward): Promise<readonly Finding[]> => {
  const { github, db, now } = ward;
  const ledger = db === undefined ? [] : await examineLedger(db);
  const app = await examineApp(github);
  if (!app.reached) return [...ledger, ...app.findings];
  const asked = ledger.some((finding) => finding.verdict === 'wrong') ? undefined : db;
  const hook = await orSay('webhook', () => examineHook(github, asked, now));
  const rest = await orSay('App', () => examineInstallations({ ...ward, db: asked }));
  return [...ledger, ...app.findings, ...hook, ...rest];
};
