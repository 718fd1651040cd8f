/** The App's webhook: set as Gatehouse needs it, and arriving? */
import { type Attempted, type HookSeen, hookNow, recentAttempts } from '../../github/facts/hook-config.ts';
import type { GitHub } from '../../github/octokit.ts';
import type { Database } from '../../ledger/database.ts';
import { missing } from '../../ledger/redeliveries.ts';
import { type Finding, notesOn } from './finding.ts';
import { isHidden, look } from './look.ts';

const notes = notesOn('webhook');
const place = "the App's settings, Webhook";
const path = '/api/github/webhooks';
const threeDays = 3 * 24 * 3_600_000;
const mostLooked = 1_000;

const urlFinding = (url: string | null): Finding => {
  const read = url === null ? null : URL.parse(url);
  if (url === null || read === null)
    return notes.wrong('webhook-url', 'has no address', `set https://<your host>${path} in ${place}`);
  // A proxy may put something before the path and take it off again; whether it does, the deliveries show.
  if (!read.pathname.endsWith(path))
    return notes.wrong('webhook-url', `goes to ${url}`, `its path must end in ${path}; set it in ${place}`);
  return read.protocol === 'https:'
    ? notes.right('webhook-url', `goes to ${url}`)
    : notes.warning(
        'webhook-url',
        `goes to ${url}, where everybody on the way can read it`,
        `use https in ${place}`,
      );
};

const settingFindings = (hook: HookSeen): readonly Finding[] => [
  urlFinding(hook.url),
  hook.json
    ? notes.right('webhook-content-type', 'sends application/json')
    : notes.wrong(
        'webhook-content-type',
        'does not send JSON',
        `Content type must be application/json in ${place}`,
      ),
  hook.secret
    ? notes.right('webhook-secret', 'has a secret')
    : notes.wrong('webhook-secret', 'has no secret', `set it to WEBHOOK_SECRET in ${place}`),
  hook.verifiesTls
    ? notes.right('webhook-tls', 'verifies certificates')
    : notes.wrong('webhook-tls', 'does not verify certificates', `enable SSL verification in ${place}`),
];

const failed = ({ status }: Attempted): boolean => status < 200 || status > 299;

const whyFailed = ({ status, says }: Attempted): string =>
  status === 401
    ? 'answered 401: the secret in the settings is not WEBHOOK_SECRET'
    : `${says} (${status === 0 ? 'no answer' : status})`;

/** An attempt that failed does no harm once the delivery is in the inbox. */
const stillMissing = async (
  db: Database | undefined,
  bad: readonly Attempted[],
): Promise<ReadonlySet<string>> => {
  const guids = [...new Set(bad.map((one) => one.guid))];
  return new Set(db === undefined || guids.length === 0 ? guids : await missing(db, guids));
};

const arrivalFindings = async (
  attempts: readonly Attempted[],
  db: Database | undefined,
): Promise<readonly Finding[]> => {
  const [newest] = attempts;
  if (newest === undefined)
    return [
      notes.unseen(
        'webhook-active',
        'Nothing was delivered for three days. Whether the webhook is active',
        `look in ${place}`,
      ),
    ];
  const active = notes.right(
    'webhook-active',
    `was last used ${newest.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  );
  const bad = attempts.filter(failed);
  const lost = await stillMissing(db, bad);
  const [last] = bad;
  if (last === undefined || lost.size === 0) {
    const said = bad.length === 0 ? 'none failed' : `${bad.length} failed, and all are in the inbox by now`;
    return [active, notes.right('webhook-deliveries', `${attempts.length} attempts in three days: ${said}`)];
  }
  const some = `${bad.length} of ${attempts.length} attempts in three days failed, ${lost.size} deliveries never arrived; the last: ${whyFailed(last)}`;
  return [
    active,
    notes.wrong(
      'webhook-deliveries',
      some,
      'mend the reason; a running service asks for them again every minute, for three days',
    ),
  ];
};

/** Findings about the webhook; `db` absent where the ledger cannot be asked what arrived. */
export const examineHook = async (
  github: GitHub,
  db: Database | undefined,
  now: Date,
): Promise<readonly Finding[]> => {
  const hook = await look(hookNow(github.app));
  const attempts = await look(recentAttempts(github.app, new Date(now.getTime() - threeDays), mostLooked));
  return [
    ...(isHidden(hook)
      ? [notes.unseen('webhook-url', 'How the webhook is set', `look in ${place}`)]
      : settingFindings(hook)),
    ...(isHidden(attempts)
      ? [
          notes.unseen(
            'webhook-deliveries',
            "GitHub's log of deliveries",
            `look in ${place}, Recent deliveries`,
          ),
        ]
      : await arrivalFindings(attempts, db)),
  ];
};
