/** What GitHub never delivered goes through the inbox like everything else: in its lane, in order, once. */
import { packDelivery, storeDeliveries } from '../../ledger/deliveries.ts';
import type { Repair } from '../../ledger/repairs.ts';
import { laneOf } from '../../ledger/subjects.ts';
import { type Delivery, isWaiting } from '../../ledger/unread.ts';
import type { Survey } from './survey.ts';

/** A finding as a webhook would have told it. */
export interface Undelivered {
  /** Names the finding, so that it is taken in once: `comment/<id>`, `label/<issue id>/<event id>`, `pull/<number>/…`. */
  readonly name: string;
  readonly event: 'issues' | 'issue_comment' | 'pull_request';
  readonly action: string;
  readonly number: number;
  /** The event's own part of the payload. */
  readonly body: Readonly<Record<string, unknown>>;
  /** GitHub's object of whoever did it; null where nobody can be named. */
  readonly sender: unknown;
}

const prefix = 'found/';

/**
 * Puts a finding into the inbox; one that was put there before changes nothing. While others of its kind wait there it
 * is left alone, for it may be one of them.
 */
export const asIfDelivered = async (
  { desk, site, waiting }: Survey,
  { name, event, action, number, body, sender }: Undelivered,
): Promise<void> => {
  if (await isWaiting(desk.hold, { repositoryId: site.known.id, number, event })) {
    waiting.add(number);
    return;
  }
  const { id, nodeId, owner, name: called, defaultBranch, installationId, private: isPrivate } = site.known;
  const payload = {
    action,
    ...body,
    sender,
    installation: { id: installationId },
    repository: {
      id,
      node_id: nodeId,
      name: called,
      owner: { login: owner },
      default_branch: defaultBranch,
      private: isPrivate,
    },
  };
  const lane = await laneOf(desk.hold, id, number);
  const packed = packDelivery({
    guid: `${prefix}${id}/${name}`,
    event,
    action,
    installationId,
    repositoryId: id,
    number,
    lane,
    body: Buffer.from(JSON.stringify(payload)),
  });
  desk.also(async (tx) => {
    await storeDeliveries(tx, [packed]);
  }, lane);
};

/** The repair that acting on a finding was; undefined for a delivery of GitHub's own, and for what was no loss. */
export const repairOf = ({ guid, lane, repositoryId }: Delivery): Repair | undefined => {
  const [, kind, id] = /^found\/\d+\/(comment|label|pull|title)\/(\d+)/.exec(guid) ?? [];
  if (kind === undefined || repositoryId === null) return undefined;
  const epicId =
    kind === 'label' ? (id ?? null) : lane.startsWith('epic:') ? lane.slice('epic:'.length) : null;
  return {
    repositoryId,
    epicId,
    object: `${kind}:${id}`,
    what: 'taken in and acted on',
    why: 'GitHub had not delivered it',
  };
};
