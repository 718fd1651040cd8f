/** The small world most stories play in: organisation acme, its shop, and everybody who works there. */
import { addAccount, addCollaborator, addInstallation, addRepository, addTeam } from './acts/seed.ts';
import type { StandIn } from './stand-in.ts';
import type { Account, Installation, Repository, Team } from './state.ts';

/** Who holds which role in acme's `gatehouse.yml`. */
const CAST = {
  PRODUCT_MANAGER: ['octo-pm'],
  PRODUCT_DESIGNER: ['octo-designer'],
  ENGINEER: ['@acme/engineers', 'octo-eng'],
  SENIOR_ENGINEER: ['octo-senior'],
  QA_ENGINEER: ['octo-qa'],
  GROWTH_MANAGER: ['octo-growth'],
  SUPPORT_LEAD: ['octo-support'],
  SRE: ['octo-sre'],
  ENGINEERING_MANAGER: ['@acme/managers', 'octo-em'],
  QA_LEAD: ['octo-qalead'],
  VP_PRODUCT: ['octo-vpp'],
  VP_MARKETING: ['octo-vpm'],
  VP_ENGINEERING: ['octo-vpe'],
} as const;

const ENGINEERS = ['octo-eng2'];
const MANAGERS = ['octo-em2'];

/** acme's `.github/gatehouse.yml`; `policy` adds or replaces lines of the policy block. */
export function acmeConfig(policy: Record<string, string> = {}): string {
  const roles = Object.entries(CAST).map(
    ([role, who]) => `  ${role}: [${who.map((one) => JSON.stringify(one)).join(', ')}]`,
  );
  const rules = Object.entries({ override_roles: '[ENGINEERING_MANAGER]', ...policy }).map(
    ([key, value]) => `  ${key}: ${value}`,
  );
  return ['roles:', ...roles, 'policy:', ...rules, ''].join('\n');
}

export type Acme = {
  org: Account;
  shop: Repository;
  engineers: Team;
  managers: Team;
  installation: Installation;
  /** Everyone with write on the shop; `octo-admin` administers it; `stranger` has an account and nothing else. */
  people: readonly Account[];
};

export type AcmeOptions = {
  files?: Record<string, string>;
  /** The text of `.github/gatehouse.yml`; null for a repository without one. */
  config?: string | null;
  private?: boolean;
  /** Whether `gatehouse`, set by our app, must pass before a merge; default true. */
  requireCheck?: boolean;
};

/** Fills an empty stand-in with acme. */
export function seedAcme(github: StandIn, options: AcmeOptions = {}): Acme {
  const { hub, state } = github;
  const org = addAccount(hub, 'acme', 'Organization');
  const config = options.config === undefined ? acmeConfig() : options.config;
  const shop = addRepository(hub, {
    owner: org,
    name: 'shop',
    private: options.private ?? false,
    files: {
      'README.md': '# shop\n',
      ...(config === null ? {} : { '.github/gatehouse.yml': config }),
      ...options.files,
    },
  });
  const logins = new Set(
    [...Object.values(CAST).flat(), ...ENGINEERS, ...MANAGERS].filter((login) => !login.startsWith('@')),
  );
  const people = [...logins].map((login) => addAccount(hub, login));
  for (const user of people) addCollaborator(shop, user, 'write');
  addCollaborator(shop, addAccount(hub, 'octo-admin'), 'admin');
  addAccount(hub, 'stranger');
  const among = (wanted: readonly string[]) => people.filter((user) => wanted.includes(user.login));
  const engineers = addTeam(hub, org, { slug: 'engineers', members: among(ENGINEERS) });
  const managers = addTeam(hub, org, { slug: 'managers', members: among(MANAGERS) });
  const installation = addInstallation(hub, org, 'all');
  if (options.requireCheck !== false)
    shop.requiredChecks.push({ context: 'gatehouse', appId: state.app?.id ?? null });
  return { org, shop, engineers, managers, installation, people };
}
