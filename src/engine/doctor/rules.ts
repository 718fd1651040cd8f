/** gatehouse.yml: can it be read, does every role resolve to somebody, and can anybody override? */
import type { Configuration } from '../../core/workflow/configuration.ts';
import type { Member } from '../../core/workflow/member.ts';
import type { Problem } from '../../core/workflow/problem.ts';
import type { RepositoryFiles } from '../../github/facts/repository-files.ts';
import { type Holder, holderNow } from '../../github/facts/role-holders.ts';
import type { Pins } from '../../github/facts/roles-held.ts';
import { type RepositoryRules, rulesIn } from '../repository-rules.ts';
import type { Patient } from './branch.ts';
import { type Finding, type Notes, notesOn } from './finding.ts';
import { isHidden, look } from './look.ts';

const nameOf = (member: Member): string =>
  member.kind === 'user' ? member.login : `@${member.org}/${member.slug}`;

const problemText = ([first, ...more]: readonly Problem[]): string => {
  const place = first === undefined ? '' : `${first.file}:${first.line}:${first.column} ${first.message}`;
  return more.length === 0 ? place : `${place} (and ${more.length} more)`;
};

const fileFindings = (notes: Notes, { workflows, brokenWorkflows }: RepositoryRules): readonly Finding[] => [
  ...workflows.map((file) => notes.right('workflow', `${file.path}: ${file.definition.name} can be read`)),
  ...brokenWorkflows.map(({ path, problems }) =>
    notes.wrong('workflow', problemText(problems), `mend it: \`gatehouse validate ${path}\``),
  ),
];

const overruled = (notes: Notes, { configuration }: RepositoryRules): readonly Finding[] =>
  (configuration.notes ?? []).map((note) =>
    notes.wrong('locked', note, 'take it out there; the organisation decides it'),
  );

type Seen = Holder | 'nobody' | 'hidden';

const pinOf = (pins: Pins | undefined, member: Member): Promise<number | undefined> | undefined =>
  member.kind === 'user' ? pins?.user(member.login) : pins?.team(`${member.org}/${member.slug}`);

const memberFinding = async (
  notes: Notes,
  member: Member,
  seen: Seen,
  pins: Pins | undefined,
): Promise<Finding | undefined> => {
  const name = nameOf(member);
  const team = member.kind === 'team';
  if (seen === 'hidden')
    return notes.unseen('holder', `Who is behind ${name}`, 'the App needs Members: read');
  if (seen === 'nobody')
    return notes.wrong(
      'holder',
      team ? `there is no team ${name}, or the App may not see it` : `nobody is called ${name}`,
      `correct it in .github/gatehouse.yml${team ? ', or grant Members: read' : ''}`,
    );
  const pinned = await pinOf(pins, member);
  if (pinned !== undefined && pinned !== seen.id)
    return notes.wrong(
      'holder',
      `${name} is somebody else than when Gatehouse first saw it (${seen.id}, was ${pinned}), and holds nothing`,
      'name who is meant in .github/gatehouse.yml (threats T24)',
    );
  if (seen.people === 0) return notes.warning('holder', `${name} is an empty team`, 'put somebody in');
  return undefined;
};

const roleFindings = async (
  {
    notes,
    client,
    pins,
  }: { readonly notes: Notes; readonly client: Patient['client']; readonly pins: Pins | undefined },
  { roles, policy }: Configuration,
): Promise<readonly Finding[]> => {
  const members = new Map(
    roles.flatMap((role) => role.members).map((one) => [nameOf(one).toLowerCase(), one]),
  );
  const seen = new Map<string, Seen>();
  const findings: Finding[] = [];
  for (const [key, member] of members) {
    const asked = await look(holderNow(client, member).then((holder) => ({ holder })));
    const who: Seen = isHidden(asked) ? 'hidden' : (asked.holder ?? 'nobody');
    seen.set(key, who);
    const finding = await memberFinding(notes, member, who, pins);
    if (finding !== undefined) findings.push(finding);
  }
  const held = (role: Configuration['roles'][number]): boolean =>
    role.members.some((member) => {
      const who = seen.get(nameOf(member).toLowerCase());
      return who === 'hidden' || (typeof who === 'object' && who.people > 0);
    });
  const empty = roles.filter((role) => !held(role)).map(({ role }) => role);
  const overriders = roles.filter(({ role }) => policy.overrideRoles.includes(role));
  return [
    ...findings,
    empty.length === 0
      ? notes.right('roles', `${roles.length} roles, each held by somebody`)
      : notes.warning(
          'roles',
          `nobody holds ${empty.join(', ')}`,
          'stages of such a role cannot be claimed, its approvals not given',
        ),
    overriders.some(held)
      ? notes.right('overriders', `${overriders.map(({ role }) => role).join(', ')} may override`)
      : notes.warning(
          'overriders',
          'nobody may /skip, /override, /cancel or end what is stuck',
          'name a role in policy.override_roles',
        ),
  ];
};

/** Findings about what a repository configures. Throws GitHubFailure where GitHub could not be asked. */
export const examineRules = async (
  patient: Patient,
  files: RepositoryFiles,
  pins: Pins | undefined,
): Promise<readonly Finding[]> => {
  const notes = notesOn(`${patient.ref.owner}/${patient.ref.name}`);
  const rules = rulesIn(patient.ref.owner, files);
  const file = files.own ?? files.organization;
  if (file === null)
    return [
      notes.wrong(
        'configuration',
        'there is no .github/gatehouse.yml: nobody holds a role',
        'write one; README, "In a repository"',
      ),
      ...fileFindings(notes, rules),
    ];
  const { broken, configuration } = rules;
  if (broken !== null)
    return [
      notes.wrong(
        'configuration',
        problemText(broken.problems),
        `mend it: \`gatehouse validate ${broken.path}\``,
      ),
    ];
  const from = files.organization === null ? '' : ` of ${patient.ref.owner}/.github`;
  const read =
    files.own === null || files.organization === null
      ? `${file.path}${from}`
      : `${file.path} over that${from}`;
  return [
    notes.right('configuration', `${read} can be read`),
    ...overruled(notes, rules),
    ...fileFindings(notes, rules),
    ...(await roleFindings({ notes, client: patient.client, pins }, configuration)),
  ];
};
