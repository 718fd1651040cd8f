/** One installation: awake, and its owner has accepted what the App asks for? */
import type { InstallationSeen } from '../../github/facts/app-permissions.ts';
import { type Finding, notesOn } from './finding.ts';
import { lacking } from './wanted.ts';

/** Findings about an installation. */
export const examineInstallation = (seen: InstallationSeen): readonly Finding[] => {
  const notes = notesOn(seen.account);
  const place = `${seen.account}'s settings, GitHub Apps`;
  const { permissions, events } = lacking(seen);
  const lacks = [...permissions, ...(events.length === 0 ? [] : [`events ${events.join(', ')}`])];
  return [
    seen.suspended
      ? notes.wrong('suspended', 'is suspended: Gatehouse does nothing there', `unsuspend it in ${place}`)
      : notes.right('suspended', 'is active'),
    lacks.length === 0
      ? notes.right('accepted', 'has accepted every permission and event')
      : notes.wrong(
          'accepted',
          `has not granted ${lacks.join(', ')}`,
          `an owner accepts the new permissions in ${place}`,
        ),
  ];
};
