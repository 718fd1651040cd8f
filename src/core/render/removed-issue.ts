/** The issue of a stage that a migration took out before anybody began it: closed, with a line that says so. */
import { code } from '../epic/say-who.ts';
import type { OpenedEpic, RemovedStage } from '../epic/state.ts';
import { bodyOf, type IssuePicture } from './issue-picture.ts';
import { writeMarker } from './marker.ts';
import { moment } from './moment.ts';
import { titleText } from './neutral.ts';

const mostTitle = 256;

/** The issue as it should look now; it is found again by its marker if the stage comes back. */
export const removedIssue = (
  epic: OpenedEpic,
  stage: RemovedStage,
  sign: (text: string) => string,
): IssuePicture => {
  const { subject, round } = epic;
  const marker = {
    repository: subject.repository.id,
    epic: String(subject.issue.id),
    round,
    object: `stage:${stage.key}`,
  };
  const fixed = `${titleText(stage.key, 60)}: ${titleText(stage.action, 120)} (`;
  const body = bodyOf([
    { text: writeMarker(marker, sign) },
    {
      text: `Taken out of the workflow of #${subject.issue.number} on ${moment(stage.at)} with ${code('/migrate')}: nothing is to be done here any more.`,
    },
  ]);
  return {
    title: `${fixed}${titleText(epic.title, mostTitle - fixed.length - 1)})`,
    body,
    labels: ['gatehouse:stage', `role:${stage.role}`],
    assignees: [],
    state: 'closed',
    stateReason: 'not_planned',
  };
};
