/** The App itself: does GitHub know it by this key, and may it do and hear what Gatehouse needs? */
import { appNow, type Granted } from '../../github/facts/app-permissions.ts';
import { GitHubFailure } from '../../github/failure.ts';
import type { GitHub } from '../../github/octokit.ts';
import { appUnknownMend, isAppUnknown } from '../app-unknown.ts';
import { type Finding, notesOn } from './finding.ts';
import { beyond, lacking } from './wanted.ts';

const notes = notesOn('App');

const permissionFindings = (granted: Granted): readonly Finding[] => {
  const { permissions, events } = lacking(granted);
  const more = beyond(granted);
  const place = "the App's settings, Permissions & events";
  return [
    permissions.length === 0
      ? notes.right('app-permissions', 'has every permission of app.yml')
      : notes.wrong(
          'app-permissions',
          `lacks ${permissions.join(', ')}`,
          `grant them in ${place}; each installation is then asked to accept`,
        ),
    ...(more.length === 0
      ? []
      : [
          notes.warning(
            'app-extra-permissions',
            `has more than app.yml asks for: ${more.join(', ')}`,
            `take them away in ${place}: a stolen key could use them`,
          ),
        ]),
    events.length === 0
      ? notes.right('app-events', 'hears every event of app.yml')
      : notes.wrong('app-events', `does not hear ${events.join(', ')}`, `subscribe to them in ${place}`),
  ];
};

/** The App's findings; `reached` false where GitHub could not be asked, and then nothing else can be. */
export const examineApp = async (
  github: GitHub,
): Promise<{ readonly reached: boolean; readonly findings: readonly Finding[] }> => {
  try {
    const seen = await appNow(github.app);
    const known = notes.right('app-key', `GitHub knows ${seen.slug} (${github.appId}) by this key`);
    return { reached: true, findings: [known, ...permissionFindings(seen)] };
  } catch (failure) {
    if (!(failure instanceof GitHubFailure)) throw failure;
    const finding = isAppUnknown(failure)
      ? notes.wrong(
          'app-key',
          `GitHub does not accept this key for App ${github.appId}: ${failure.message}`,
          appUnknownMend,
        )
      : notes.wrong(
          'app-key',
          `GitHub could not be asked: ${failure.message}`,
          'GITHUB_API_URL must be the REST root, and reachable from here (proxy, firewall, certificates)',
        );
    return { reached: false, findings: [finding] };
  }
};
