/** An approval or review whose giver was asked again which roles they hold, and in whose place. */
import type { EpicEvent } from './events.ts';
import type { Approval } from './state.ts';

type Asked = Extract<EpicEvent, { type: 'RolesAsked' }>;

/** The same with the roles of now. */
export const heldNow = <S extends Pick<Approval, 'roles' | 'instead'>>(
  said: S,
  { roles, places }: Asked,
): Omit<S, 'instead'> & Pick<Approval, 'instead'> => {
  const { instead: _, ...rest } = said;
  return { ...rest, roles, ...(places !== undefined && { instead: places }) };
};
