/** The stories that schedules disturb: small, with a refusal, a rejection, a push after approval and a meddler in them. */

import { labelsOf } from '../world/github/find.ts';
import type { StandIn } from '../world/github/stand-in.ts';
import type { Installation, Issue, Repository } from '../world/github/state.ts';
import { type Acme, acmeConfig } from '../world/github/world.ts';
import type { Person } from '../world/people.ts';

const parcel = `name: parcel
version: "1"
description: A note, the work, and both sent off.
stages:
  - stage: 1_note
    role: PRODUCT_MANAGER
    action: write
    output: A note
  - stage: 2_build
    role: ENGINEER
    action: build
    output: A pull request
    deliverables: [Tests, Docs]
    approval_gate: two_eyes
    approvers: [ENGINEERING_MANAGER, QA_LEAD]
    timeouts: { remind_after: 24h, escalate_after: 3d }
  - stage: 3_send
    role: GROWTH_MANAGER
    action: send
    output: A parcel
    depends_on: [1_note, 2_build]
`;

/** What acme's shop looks like for every story. */
export const shopOptions = {
  config: acmeConfig(),
  files: { '.github/gatehouse/parcel.yml': parcel },
};

/** What people see and remember while they play. */
export interface Scene {
  readonly github: StandIn;
  readonly acme: Acme;
  /** Another tenant of the same App, whom nothing here concerns. */
  readonly stranger?: { readonly vault: Repository; readonly installation: Installation };
  /** Heads whose gate is passed by what people have done: only these may be told `success`. */
  readonly passed: Set<string>;
  /** Every head the pull request has had, the oldest first. */
  readonly heads: string[];
  readonly props: { epic?: Issue; pull?: Issue };
}

/** One step of a story. */
export interface Act {
  readonly name: string;
  readonly deed: (scene: Scene) => void;
  /** Its webhooks may be lost without a trace: looking at GitHub tells the same. */
  readonly mayVanish: boolean;
  /** Milliseconds nobody does anything before it. */
  readonly waits?: number;
}

/** A story, and the server it is played on. */
export interface Story {
  readonly name: string;
  readonly graphql: boolean;
  readonly acts: readonly Act[];
}

const person = (scene: Scene, login: string): Person => scene.github.person(login);

const stageOf = (scene: Scene, key: string): Issue => {
  const found = [...scene.acme.shop.issues.values()].filter(
    (issue) =>
      issue.title.startsWith(`${key}: `) &&
      labelsOf(scene.acme.shop, issue).some((label) => label.name === 'gatehouse:stage'),
  );
  const last = found.at(-1);
  if (last === undefined) throw new Error(`There is no issue for ${key}.`);
  return last;
};

const propOf = (scene: Scene, name: 'epic' | 'pull'): Issue => {
  const prop = scene.props[name];
  if (prop === undefined) throw new Error(`There is no ${name} yet.`);
  return prop;
};

const headOf = (issue: Issue): string => issue.pull?.headSha ?? '';

type Hearing = 'may vanish' | 'heard';

/** What holds for acts that say nothing of their own: whatever GitHub does not tell is found by looking. */
const unlessSaid: Hearing = 'may vanish';

const act = (name: string, deed: Act['deed'], mayVanish: Hearing = unlessSaid): Act => ({
  name,
  deed,
  mayVanish: mayVanish === 'may vanish',
});

const says = (login: string, key: string, text: string): Act =>
  act(`${login}: ${text} on ${key}`, (scene) => void person(scene, login).says(stageOf(scene, key), text));

/** Several people at once, on different things: any order leads to the same. */
const together = (...acts: readonly Act[]): Act =>
  act(acts.map((one) => one.name).join(', and '), (scene) => {
    for (const one of acts) one.deed(scene);
  });

const start = act('octo-pm starts the epic', (scene) => {
  const pm = person(scene, 'octo-pm');
  const epic = pm.opensIssue({ title: 'A parcel', body: 'Somebody waits for it.\n\n- [ ] mine' });
  scene.props.epic = epic;
  pm.labels(epic, 'workflow:parcel', 'urgent');
});

const opensPull = act('octo-eng opens a pull request', (scene) => {
  const body = `Closes nothing.\n\nStage: #${stageOf(scene, '2_build').number}`;
  const pull = person(scene, 'octo-eng').opensPullRequest({ title: 'The work', body, branch: 'work' });
  scene.props.pull = pull;
  scene.heads.push(headOf(pull));
});

const pushes = act(
  'octo-eng pushes',
  (scene) => void scene.heads.push(person(scene, 'octo-eng').pushes(propOf(scene, 'pull'))),
  'may vanish',
);

const reviews = (
  login: string,
  verdict: 'APPROVED' | 'CHANGES_REQUESTED',
  completes: 'completes' | 'goes on' = 'goes on',
): Act =>
  act(
    `${login} reviews: ${verdict}`,
    (scene) => {
      const pull = propOf(scene, 'pull');
      if (completes === 'completes') scene.passed.add(headOf(pull));
      person(scene, login).reviews(pull, verdict, verdict === 'APPROVED' ? '' : 'Not like this.');
    },
    'may vanish',
  );

/** The last approval is said in a comment. */
const approves = (login: string): Act =>
  act(`${login}: /approve on 2_build, which completes its gate`, (scene) => {
    scene.passed.add(headOf(propOf(scene, 'pull')));
    person(scene, login).says(stageOf(scene, '2_build'), '/approve');
  });

const merges = act('octo-eng merges', (scene) => {
  const { merged, message } = person(scene, 'octo-eng').merges(propOf(scene, 'pull'));
  if (!merged) throw new Error(`It could not be merged: ${message}`);
});

const closesWrongly = act('octo-growth closes an issue that is not done', (scene) =>
  person(scene, 'octo-growth').closes(stageOf(scene, '3_send')),
);

const unlabels = act('octo-qa takes a label off', (scene) =>
  person(scene, 'octo-qa').unlabels(stageOf(scene, '2_build'), 'gatehouse:stage'),
);

const ticks = act('octo-eng ticks a box', (scene) => {
  const stage = stageOf(scene, '2_build');
  person(scene, 'octo-eng').editsIssue(stage, {
    body: (stage.body ?? '').replace('- [ ] Tests', '- [x] Tests'),
  });
});

const defaces = act('octo-qa writes over a stage issue', (scene) =>
  person(scene, 'octo-qa').editsIssue(stageOf(scene, '3_send'), {
    title: 'Mine now',
    body: 'Everything is done.',
  }),
);

const chats = act('people talk', (scene) => {
  person(scene, 'octo-designer').says(propOf(scene, 'epic'), 'Will it be blue?\n\n`/approve` is not for me.');
});

const hour = 3_600_000;
/** Alarms ring meanwhile. */
const after = (hours: number, one: Act): Act => ({
  ...one,
  name: `${hours} hours later, ${one.name}`,
  waits: hours * hour,
});

const claims = together(says('octo-pm', '1_note', '/claim'), says('octo-eng', '2_build', '/claim'));
const refused = says('octo-designer', '2_build', '/approve');
const submits = says('octo-eng', '2_build', '/submit');
const notes = says('octo-pm', '1_note', '/submit');
const sends = [says('octo-growth', '3_send', '/claim'), says('octo-growth', '3_send', '/submit Sent.')];

const restack = [pushes, submits];
const bothApprove = [reviews('octo-em', 'APPROVED'), approves('octo-qalead')];

/** A story per combination of what may happen. */
const tales: readonly { readonly name: string; readonly acts: readonly Act[] }[] = [
  {
    name: 'refused, rejected in a review, approved by both ways',
    acts: [
      start,
      claims,
      opensPull,
      submits,
      together(refused, notes),
      reviews('octo-em', 'CHANGES_REQUESTED'),
      ...restack,
      ...bothApprove,
      merges,
      ...sends,
    ],
  },
  {
    name: 'pushed after an approval, with meddlers',
    acts: [
      start,
      claims,
      opensPull,
      submits,
      after(25, ticks),
      reviews('octo-qalead', 'APPROVED'),
      together(pushes, closesWrongly),
      says('octo-em', '2_build', '/approve'),
      reviews('octo-qalead', 'APPROVED', 'completes'),
      together(merges, notes),
      ...sends,
    ],
  },
  {
    name: 'rejected in words, labels and bodies changed by hand',
    acts: [
      start,
      together(claims, unlabels),
      opensPull,
      submits,
      says('octo-em', '2_build', '/reject It is not finished.'),
      together(defaces, chats),
      ...restack,
      says('octo-qalead', '2_build', '/approve'),
      reviews('octo-em', 'APPROVED', 'completes'),
      together(notes, merges),
      ...sends,
    ],
  },
  {
    name: 'approved, pushed over, and cancelled',
    acts: [
      start,
      together(claims, chats),
      together(opensPull, notes),
      submits,
      reviews('octo-em', 'APPROVED'),
      after(80, says('octo-qa', '3_send', '/claim')),
      pushes,
      act(
        'octo-em cancels',
        (scene) =>
          void person(scene, 'octo-em').says(propOf(scene, 'epic'), '/cancel Nobody waits any more.'),
      ),
    ],
  },
];

/** Every story, with GraphQL and on a server that has none. */
export const stories: readonly Story[] = tales.flatMap(({ name, acts }) => [
  { name, graphql: true, acts },
  { name: `${name}, by REST`, graphql: false, acts },
]);
