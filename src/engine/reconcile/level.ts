/** What an epic on GitHub is compared with. */
import type { OpenedEpic } from '../../core/epic/state.ts';
import type { IssuePicture } from '../../core/render/issue-picture.ts';
import { type Painted, readPainted } from '../../ledger/painted.ts';
import type { Planning } from '../effects/job.ts';
import { digestOf, picturesOf } from '../effects/pictures.ts';
import { ticksOf, withTicks } from '../effects/ticks.ts';

/** See `openLevel`. */
export interface Level extends Planning {
  readonly epicId: string;
  readonly epic: OpenedEpic;
  readonly pictures: ReadonlyMap<string, IssuePicture>;
  readonly painted: ReadonlyMap<string, Painted>;
  /** Everything is asked anew, whatever was remembered. */
  readonly full: boolean;
}

/** The epic as it should be shown now; undefined for one that was never opened. */
export const openLevel = async (
  planning: Planning,
  epicId: string,
  full: boolean,
): Promise<Level | undefined> => {
  const { desk, engine } = planning;
  const epic = await desk.epic(epicId);
  if (epic.status === 'unopened') return undefined;
  const painted = await readPainted(desk.hold, desk.hold.lane);
  return { ...planning, epicId, epic, painted, full, pictures: picturesOf(epic, engine.sign) };
};

/** Whether GitHub was made to show what an object should show now; otherwise a difference is no repair. */
export const isPainted = ({ pictures, painted }: Level, object: string): boolean => {
  const picture = pictures.get(object);
  const known = painted.get(object);
  if (picture === undefined || known === undefined) return false;
  const body = withTicks(picture.body, ticksOf(known.remote));
  return known.digest === digestOf({ ...picture, body });
};
