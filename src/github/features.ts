/** What this GitHub server can do: found out by using it, never configured (platform §1.1). */

/** `mutation:<name>` is one GraphQL mutation: an older server may know some and not others. */
export type Feature =
  | 'graphql'
  | 'subIssues'
  | 'dependencies'
  | 'folders'
  | 'longDocuments'
  | `mutation:${string}`;
type Support = 'unknown' | 'yes' | 'no';

export interface Features {
  /** A "no" older than an hour is `unknown` again, so that an upgraded server is noticed. */
  readonly has: (feature: Feature) => Support;
  readonly learn: (feature: Feature, support: 'yes' | 'no') => void;
}

const forgetAfter = 60 * 60 * 1000;

/** Nothing known yet. */
export const detectFeatures = (now: () => number = () => Date.now()): Features => {
  const known = new Map<Feature, { readonly support: 'yes' | 'no'; readonly at: number }>();
  return {
    has: (feature) => {
      const entry = known.get(feature);
      if (entry === undefined) return 'unknown';
      return entry.support === 'no' && now() - entry.at >= forgetAfter ? 'unknown' : entry.support;
    },
    learn: (feature, support) => {
      known.set(feature, { support, at: now() });
    },
  };
};
