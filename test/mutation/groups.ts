/** What is mutated, in groups: each with the tests that know it, the cheapest first, since one that fails is enough. */

/** Modules and what they are held against; `short`: those of them that the short form mutates. */
export interface Group {
  readonly name: string;
  readonly modules: readonly string[];
  readonly short: readonly string[];
  readonly suites: readonly string[];
}

const files = (room: string, names: string, ending = '.ts'): readonly string[] =>
  names.split(' ').map((name) => `${room}/${name}${ending}`);

/** Lives of whole epics, time and the explorer are left to their own runs: they cost more than all of these. */
const epicSuites =
  'approve approval-refused seats reviews reviews-told outstanding consents delegation agents break-glass break-glass-refused rules refusal explain rework-pulls resolve-stage signals ' +
  'rework authority conditions conditions-seams any-of overtaken commit-meant before-a-no later-word stale gate criteria fill-roles';

/** Whatever decides whether an approval counts, who holds a role, and what a comment says. */
export const groups: readonly Group[] = [
  {
    name: 'gate',
    modules: [
      ...files(
        'src/core/epic',
        'gate fill-roles seats ways-to-pass worked-apart own-work agents substitution veto outstanding condition moved-head overtaken ' +
          'held-now one-hand require-accountable require-visible stage commit-meant before-a-no later-word excused',
      ),
      ...files('src/core/epic/rules', 'approve note-review revoke-approval confirm give-verdict'),
    ],
    short: ['src/core/epic/fill-roles.ts'],
    suites: [...files('test/core/epic', epicSuites, '.test.ts'), 'test/threats/between/links.test.ts'],
  },
  {
    name: 'roles',
    modules: files('src/github/facts', 'roles-held held-now is-user permission'),
    short: [],
    suites: ['test/threats/approvals/roles.test.ts', 'test/github/roles-held.test.ts'],
  },
  {
    name: 'comments',
    modules: files('src/core/slash', 'read-comment contrived hiding-html aliases approve stage-argument'),
    short: [],
    suites: files(
      'test/core/slash',
      'contrived hiding-html gate-commands going-back signals read-comment parser-throws slash-commands',
      '.test.ts',
    ),
  },
];
