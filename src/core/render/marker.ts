/** The hidden line by which our own objects are found again: it locates, the ledger decides (threats T46). */

/** What a marker says. */
export interface Marker {
  /** The repository's numeric id. */
  readonly repository: number;
  readonly epic: string;
  readonly round: number;
  /** `checklist`, `stage:<key>`, or what was said. */
  readonly object: string;
}

const line = /<!-- gatehouse v1 repository=(\d{1,16}) epic=(\d{0,16}) round=(\d{1,6}) object=([\w:/.-]{1,200}) sig=([\w-]{8,64}) -->/;

const content = ({ repository, epic, round, object }: Marker): string =>
  `repository=${repository} epic=${epic} round=${round} object=${object}`;

/** The line, signed; `sign` is handed in because core keeps no secret. */
export const writeMarker = (marker: Marker, sign: (text: string) => string): string => {
  const said = content(marker);
  return `<!-- gatehouse v1 ${said} sig=${sign(said)} -->`;
};

/** The first marker of a body whose signature is right; undefined for none and for forged ones. */
export const readMarker = (body: string, sign: (text: string) => string): Marker | undefined => {
  const [, repository, epic, round, object, signature] = line.exec(body) ?? [];
  if (repository === undefined || epic === undefined || object === undefined) return undefined;
  const marker = { repository: Number(repository), epic, round: Number(round), object };
  return sign(content(marker)) === signature ? marker : undefined;
};
