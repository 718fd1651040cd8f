/** The part of the first page that says what waits for GitHub's limits, and until when; absent while nothing does. */
import { html } from 'hono/html';
import type { KnownPause } from '../../ledger/read-models/limits.ts';
import type { Spent } from '../../ledger/read-models/spent.ts';

/** What waits for one installation in this process; the shape of the governor's state. */
export interface Queue {
  readonly waiting: number;
  readonly until: number | null;
  readonly why: string | null;
}

/** By installation, or `app` for the App's own requests. */
export type Queues = ReadonlyMap<number | 'app', Queue>;

const reasons: Readonly<Record<string, string>> = {
  primary: 'its hourly limit is used up',
  secondary: 'it asked to slow down',
  'retry-after': 'it asked to wait',
};

const pauseLine = ({ account, installationId, until, why }: KnownPause, waiting: number) =>
  html`<li>${account ?? `installation ${installationId}`}: GitHub takes nothing before <time datetime="${until.toISOString()}">${until.toISOString().slice(11, 19)}</time> UTC, ${reasons[why] ?? why}${waiting === 0 ? '' : `; ${waiting} waiting`}</li>`;

const queueLine = (installation: number | 'app', waiting: number) =>
  html`<li>${installation === 'app' ? 'the App itself' : `installation ${installation}`}: ${waiting} waiting, paced as GitHub asks</li>`;

/** What GitHub lets an App make for one installation; from a few below it on, what is to be made may have to wait. */
const most = { minute: 80, hour: 500 };
const few = 8;

const isNearly = ({ minute, hour }: Spent): boolean => minute > most.minute - few || hour > most.hour - few;

const spentLine = ({ account, installation, minute, hour }: Spent) =>
  html`<li>${account ?? `installation ${installation}`}: ${minute} of ${most.minute} issues and comments made within the last minute, ${hour} of ${most.hour} within the hour; more are made as these grow old</li>`;

/** What all replicas know of pauses and of content made, and what waits in this one. */
export const limitSection = (pauses: readonly KnownPause[], queues: Queues, spent: readonly Spent[]) => {
  const full = spent.filter(isNearly);
  const paused = new Set<number | 'app'>(pauses.map((pause) => pause.installationId));
  const pacing = [...queues].filter(([id, queue]) => queue.waiting > 0 && !paused.has(id));
  if (pauses.length + pacing.length + full.length === 0) return '';
  return html`<section class="epic" aria-labelledby="limits">
<h2 id="limits">Waiting for GitHub</h2>
<p class="soft">Decisions are made and kept; what they change is shown on GitHub as soon as it takes requests again.</p>
<ul>${pauses.map((pause) => pauseLine(pause, queues.get(pause.installationId)?.waiting ?? 0))}${pacing.map(([id, queue]) => queueLine(id, queue.waiting))}${full.map(spentLine)}</ul>
</section>`;
};
