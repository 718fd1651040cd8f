/** What every act and every answer is given: the memory, the clock, the features and the way to announce. */
import type { Account, App, Installation, Repository, State } from './state.ts';

export type Shape = Record<string, unknown>;
export type Features = {
  graphql: boolean;
  subIssues: boolean;
  dependencies: boolean;
  lockedRefusesApps: boolean;
};

/** A webhook about to be sent: `org` or `repo` decide which installation hears it. */
export type Announcement = {
  event: string;
  action: string | null;
  sender: Account;
  repo?: Repository;
  org?: Account;
  installation?: Installation;
  body: Shape;
};

export type Hub = {
  readonly state: State;
  readonly features: Features;
  /** REST root, without a trailing slash; known once the server listens. */
  url: string;
  /** Now, as GitHub writes it (whole seconds, Z). */
  now(): string;
  announce(what: Announcement): void;
};

/** Who asks: a person, or our app through an installation token. */
export type Actor = { user: Account; app: App | null; installation: Installation | null };
