/** When somebody said something, as far as what GitHub stamps on it can be believed (threats T12, T31). */

/** GitHub delivers for three days; what a delivery calls older than this was stamped by no true clock. */
const oldest = 7 * 24 * 3_600_000;

/**
 * GitHub's stamp (ISO 8601) of what came from `source` (a delivery's guid, or the reconcile) and was heard at `heardAt`;
 * undefined where it has none, or proves nothing. What was found by looking may be of any age.
 */
export const saidAt = (
  { source, heardAt }: { readonly source: string; readonly heardAt: string },
  stamped: string | undefined,
): string | undefined => {
  if (stamped === undefined || stamped === '') return undefined;
  if (source === 'reconcile' || source.startsWith('found/')) return stamped;
  return Date.parse(heardAt) - Date.parse(stamped) < oldest ? stamped : undefined;
};
