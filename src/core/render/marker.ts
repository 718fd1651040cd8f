/** The hidden signed line by which an object of ours is found again; it locates, the ledger decides (contract §2, threats T46). */

/** What a marker says: which object of which round of which epic, in which repository. */
export interface Marker {
  /** The repository's numeric id: a marker copied to another repository means nothing there. */
  readonly repository: number;
  readonly epic: string;
  readonly round: number;
  /** `checklist`, `stage:<key>`, or what a reply answers. */
  readonly object: string;
}

const line =
  /^<!-- gatehouse v1 repository=(\d{1,16}) epic=([^\s=]{0,200}) round=(\d{1,9}) object=([^\s=]{1,600}) sig=[^\s=]{1,400} -->(?=\r?\n|$)/;

// Two hyphens end a comment for some readers of HTML.
const field = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D');

const unfield = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** One line of HTML comment with the fields and `sign` of them; `sign` holds the secret. */
export const writeMarker = (fields: Marker, sign: (text: string) => string): string => {
  const said = `gatehouse v1 repository=${fields.repository} epic=${field(fields.epic)} round=${fields.round} object=${field(fields.object)}`;
  return `<!-- ${said} sig=${field(sign(said))} -->`;
};

/**
 * The marker a body begins with, if this very line is what `writeMarker` would write with the same `sign`; else undefined.
 * Whether the body is ours at all (its author is the App) is the caller's to check.
 */
export const readMarker = (body: string, sign: (text: string) => string): Marker | undefined => {
  const [whole, repository, epic, round, object] = line.exec(body) ?? [];
  if (whole === undefined || epic === undefined || object === undefined) return undefined;
  const epicText = unfield(epic);
  const objectText = unfield(object);
  if (epicText === undefined || objectText === undefined) return undefined;
  const marker = { repository: Number(repository), epic: epicText, round: Number(round), object: objectText };
  return writeMarker(marker, sign) === whole ? marker : undefined;
};
