/** A verified delivery into the inbox: resolved when it is committed, and then its lane is woken (design rule 6). */
import { readEnvelope } from '../github/incoming/envelope.ts';
import type { Intake } from '../ledger/intake.ts';
import type { Reach } from './boundary.ts';
import { type Engine, type Log, subjectLane } from './engine.ts';
import { readPayload } from './read-payload.ts';

/** A delivery whose signature was right. */
export interface Received {
  readonly guid: string;
  readonly event: string;
  readonly body: Uint8Array;
}

/** Where deliveries go, and how their lane hears of them. */
export interface Inbox {
  readonly intake: Intake;
  readonly wake: Engine['wake'];
  readonly reach?: Reach | undefined;
  /** Hears of what no honest sender does (threats T03). */
  readonly log?: Pick<Log, 'warn'>;
}

const laneOf = (event: string, frame: ReturnType<typeof readEnvelope>): string => {
  const { repository, number, installationId } = frame;
  if (repository !== undefined) {
    return number === undefined ? `repository:${repository.id}` : subjectLane(repository.id, number);
  }
  return installationId === undefined ? `event:${event}` : `installation:${installationId}`;
};

/** Stores a delivery; throws where it could not be stored, and then nobody may say 2xx. */
export const receive = async (
  { intake, wake, reach, log }: Inbox,
  { guid, event, body }: Received,
): Promise<void> => {
  if (reach !== undefined) await reach('B1');
  const frame = readEnvelope(readPayload(body));
  const stored = await intake.store({
    guid,
    event,
    action: frame.action === '' ? null : frame.action,
    installationId: frame.installationId ?? null,
    repositoryId: frame.repository?.id ?? null,
    number: frame.number ?? null,
    lane: laneOf(event, frame),
    body,
  });
  if (reach !== undefined) await reach('B2');
  if (stored.other === true)
    log?.warn({ delivery: guid, event }, 'another body under a known guid; the one stored first stays');
  if (!stored.fresh) return;
  wake(stored.lane, undefined, frame.repository?.id);
  if (reach !== undefined) await reach('B4');
};
