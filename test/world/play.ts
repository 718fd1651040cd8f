/** The stage of a story: a stand-in GitHub with acme on it, the real Gatehouse beside it, and eyes for what people see. */
import { type FreshDatabase, freshDatabase } from './database.ts';
import { labelsOf } from './github/find.ts';
import type { Features } from './github/hub.ts';
import { type StandIn, startGitHub } from './github/stand-in.ts';
import type { CheckRun, Comment, Issue } from './github/state.ts';
import { type Acme, type AcmeOptions, seedAcme } from './github/world.ts';
import { app, type House, prepareHouse, settled } from './house.ts';
import type { Person } from './people.ts';

export interface PlayOptions extends AcmeOptions {
  readonly features?: Partial<Features>;
  readonly env?: Readonly<Record<string, string>>;
  /** What is started in the place of `src/main.ts`. */
  readonly entry?: string;
  /** The tree it is started from; absent: this one. */
  readonly root?: string;
  /** A database of one's own; absent: a fresh one, dropped at the end. */
  readonly database?: FreshDatabase;
}

/** A running story. */
export interface Play {
  readonly github: StandIn;
  readonly acme: Acme;
  readonly house: House;
  readonly databaseUrl: string;
  readonly person: (login: string) => Person;
  /** Waits until nothing is left to happen. */
  readonly settles: () => Promise<void>;
  /** `pat` opens an issue and labels it; answers when the tree stands. */
  readonly starts: (workflow: string, title?: string) => Promise<Issue>;
  /** The checklist issue of the newest epic. */
  readonly checklist: () => Issue;
  /** The newest issue of a stage. */
  readonly stage: (key: string) => Issue;
  /** `ready`, `in-progress`, …: what the stage issue's label says. */
  readonly state: (key: string) => string;
  readonly labels: (issue: Issue) => readonly string[];
  readonly comments: (issue: Issue) => readonly Comment[];
  readonly reactions: (comment: Comment) => readonly string[];
  /** The newest `gatehouse` check run on the head of a pull request. */
  readonly check: (pull: Issue) => CheckRun | undefined;
  /** Somebody says something, and everything that follows has happened; answers the comment with its reactions and replies. */
  readonly says: (login: string, on: Issue, text: string) => Promise<Said>;
  readonly ends: () => Promise<void>;
}

/** What came of a comment. */
export interface Said {
  readonly comment: Comment;
  readonly reactions: readonly string[];
  /** Comments Gatehouse made meanwhile on the same issue. */
  readonly replies: readonly string[];
}

const eyes = (github: StandIn, acme: Acme) => {
  const { state } = github;
  const issues = (): readonly Issue[] => [...state.issues.values()].filter((issue) => issue.pull === null);
  const labels = (issue: Issue): readonly string[] => labelsOf(acme.shop, issue).map((label) => label.name);
  const newest = (what: string, found: readonly Issue[]): Issue => {
    const last = found.at(-1);
    if (last === undefined) throw new Error(`There is no ${what} issue.`);
    return last;
  };
  return {
    labels,
    checklist: () =>
      newest(
        'checklist',
        issues().filter((issue) => labels(issue).includes('gatehouse:checklist')),
      ),
    stage: (key: string) =>
      newest(
        key,
        issues().filter(
          (issue) => issue.title.startsWith(`${key}: `) && labels(issue).includes('gatehouse:stage'),
        ),
      ),
    comments: (issue: Issue): readonly Comment[] => [...issue.comments],
    check: (pull: Issue) =>
      [...state.checkRuns.values()]
        .filter((run) => run.name === 'gatehouse' && run.headSha === pull.pull?.headSha)
        .at(-1),
  };
};

/** Opens a play; the house is up and GitHub delivers to it. */
export const openPlay = async (options: PlayOptions = {}): Promise<Play> => {
  const github = await startGitHub({
    appId: app.id,
    webhookSecret: app.secret,
    publicKey: app.key.publicKey,
    verifyAnswers: true,
    ...(options.features === undefined ? {} : { features: options.features }),
  });
  const acme = seedAcme(github, options);
  const database = options.database ?? (await freshDatabase());
  const house = await prepareHouse({
    githubUrl: github.url,
    databaseUrl: database.url,
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.entry === undefined ? {} : { entry: options.entry }),
    ...(options.root === undefined ? {} : { root: options.root }),
  });
  await house.start();
  github.webhookTarget = house.webhooks;
  const seen = eyes(github, acme);
  const settles = (): Promise<void> => settled(database.url, github);
  const reactions = (comment: Comment): readonly string[] => comment.reactions.map((one) => one.content);

  return {
    github,
    acme,
    house,
    databaseUrl: database.url,
    person: github.person,
    settles,
    ...seen,
    reactions,
    state: (key) => {
      const label = seen.labels(seen.stage(key)).find((name) => name.startsWith('stage:'));
      return label?.slice('stage:'.length) ?? 'no state';
    },
    starts: async (workflow, title = 'Faster checkout') => {
      const pat = github.person('octo-pm');
      const epic = pat.opensIssue({ title, body: 'Customers wait too long.' }, acme.shop);
      pat.labels(epic, `workflow:${workflow}`);
      await settles();
      return epic;
    },
    says: async (login, on, text) => {
      const before = new Set(seen.comments(on));
      const comment = github.person(login).says(on, text);
      await settles();
      const replies = seen.comments(on).filter((one) => !before.has(one) && one !== comment);
      return { comment, reactions: reactions(comment), replies: replies.map((one) => one.body) };
    },
    ends: async () => {
      await house.stop();
      await github.close();
      await database.drop();
    },
  };
};
