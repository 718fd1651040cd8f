/** `/`: epics and their stages, the last changed first. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { EpicSummary, StageSummary } from '../../engine/epic-row.ts';
import type { Database } from '../../ledger/database.ts';
import { readDeadLetters } from '../../ledger/read-models/dead-letters.ts';
import { type EpicRow, listEpics } from '../../ledger/read-models/epics.ts';
import { readPauses } from '../../ledger/read-models/limits.ts';
import { latestRepairs, type RepairRow } from '../../ledger/read-models/repairs.ts';
import { readRunning } from '../../ledger/read-models/running.ts';
import { readSpent } from '../../ledger/read-models/spent.ts';
import { standingStill } from '../../ledger/read-models/standing-still.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { deadLetterSection } from './dead-letters.ts';
import { limitSection, type Queues } from './limits.ts';
import { page } from './page.ts';
import { repairSection } from './repairs.ts';
import { stillSection } from './standing-still.ts';

/** Where people read issues: the API's root without its API part. */
export type WebRoot = string;

const symbols: Readonly<Record<string, string>> = {
  done: '✓',
  skipped: '⤼',
  'in-review': '◎',
  'in-progress': '▶',
  ready: '○',
  waiting: '·',
  blocked: '✋',
  failed: '✗',
  cancelled: '✗',
};

const link = (web: WebRoot, summary: EpicSummary, number: number | null) =>
  number === null
    ? ''
    : html`<a href="${web}/${summary.owner}/${summary.repository}/issues/${number}">#${number}</a>`;

/** Who is waited for; for what is over, who did it. */
const who = (stage: StageSummary): string => {
  if (stage.status === 'in-review') {
    if (stage.owed !== undefined) return `${stage.owed.join(', ') || stage.role} to settle what is open`;
    return stage.missing.length === 0 ? 'merge' : stage.missing.join(', ');
  }
  if (stage.status === 'ready') return `${stage.role} to claim`;
  const { claimant, status } = stage;
  if (claimant === null) return '';
  return status === 'done' || status === 'skipped' || status === 'cancelled' ? `was ${claimant}` : claimant;
};

const stageRow = (web: WebRoot, summary: EpicSummary) => (stage: StageSummary) =>
  html`<tr>
<td>${link(web, summary, stage.issue)} ${stage.key}</td>
<td class="state ${stage.status}">${symbols[stage.status] ?? ''} ${stage.status}</td>
<td>${who(stage)}</td>
<td><time datetime="${stage.since}">${stage.since.slice(0, 16).replace('T', ' ')}</time></td>
</tr>`;

const bypassNote = (web: WebRoot, summary: EpicSummary) =>
  (summary.bypassed ?? []).map(
    (number) => html`<p><strong>⚠ ${link(web, summary, number)} was merged past the gate</strong></p>
`,
  );

const isSummary = (value: unknown): value is EpicSummary =>
  typeof value === 'object' && value !== null && 'stages' in value;

const epicCard = (web: WebRoot, repairs: readonly RepairRow[]) => (row: EpicRow) => {
  if (!isSummary(row.summary)) return '';
  const { stages } = row.summary;
  const over = stages.filter((stage) => stage.status === 'done' || stage.status === 'skipped').length;
  return html`<section class="epic" aria-labelledby="epic-${row.id}">
<h2 id="epic-${row.id}">${link(web, row.summary, row.number)} ${row.title}</h2>
<p class="soft">${row.workflow} · ${row.status} · ${over} of ${stages.length} stages · ${row.summary.owner}/${row.summary.repository}</p>
<progress max="${stages.length}" value="${over}" aria-label="${over} of ${stages.length} stages done"></progress>
${bypassNote(web, row.summary)}<div class="scroll"><table>
<thead><tr><th scope="col">Stage</th><th scope="col">State</th><th scope="col">Waiting for</th><th scope="col">Since (UTC)</th></tr></thead>
<tbody>${stages.map(stageRow(web, row.summary))}</tbody>
</table></div>
${repairSection(
  row.id,
  repairs.filter(({ epicId }) => epicId === row.id),
)}
</section>`;
};

const nothing = html`<p>No epic yet. Label an issue <code>workflow:feature</code> in a repository where the App is installed.</p>`;

/** Where there are more than are shown, it is said, and where the next are. */
const older = (shown: readonly EpicRow[], found: number) =>
  found <= shown.length
    ? ''
    : html`<p class="soft">The ${shown.length} that changed last. Older ones: <a href="/api/v1/epics?after=${shown.at(-1)?.id}">JSON</a></p>`;

/** What the first page is drawn from. */
export interface Home {
  readonly db: Database;
  readonly web: WebRoot;
  /** What waits for GitHub in this process. */
  readonly queues: () => Queues;
}

const mostEpics = 50;
const mostShown = 20;
const mostRepairs = 5;

/** The first page; it reloads itself every ten seconds without a script. */
export const homeRoutes = ({ db, web, queues }: Home): Hono => {
  const routes = new Hono();
  const draw = oneAtATime(async () => {
    const [found, dead, pauses, running, spent, still] = await Promise.all([
      listEpics(db, { limit: mostEpics + 1 }),
      readDeadLetters(db, mostShown),
      readPauses(db),
      readRunning(db),
      readSpent(db),
      standingStill(db),
    ]);
    const epics = found.slice(0, mostEpics);
    const repairs = await latestRepairs(
      db,
      epics.map(({ id }) => id),
      mostRepairs,
    );
    const body = html`${deadLetterSection(dead)}${stillSection(still)}${limitSection(pauses, queues(), spent)}
<h1>Epics</h1>${epics.length === 0 ? nothing : epics.map(epicCard(web, repairs))}${older(epics, found.length)}`;
    return page('Gatehouse', body, { refresh: 10, running });
  });
  routes.get('/', async (context) => {
    const drawn = await draw();
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    return context.html(drawn);
  });
  return routes;
};
