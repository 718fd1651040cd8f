/** Somebody with a GitHub account, known by number; the login is only how the name is shown. */
export interface Person {
  /** GitHub's numeric user id: the only thing people are compared by (threats T23, T24). */
  readonly id: number;
  readonly login: string;
  /** GraphQL node id, where a payload gave one. */
  readonly nodeId?: string;
}

/** Who acts when nobody typed anything: the App itself, for timers and repairs. */
export const gatehouse: Person = { id: 0, login: 'gatehouse' };
