/** The part of an epic's card that says what Gatehouse put right on GitHub, and why: nothing where nothing was. */
import { html } from 'hono/html';
import type { RepairRow } from '../../ledger/read-models/repairs.ts';

const line = ({ at, object, what, why }: RepairRow) =>
  html`<li><time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')}</time> <code>${object}</code> ${what}: ${why}</li>`;

/** The newest first; all of them are at `/api/v1/repairs`. */
export const repairSection = (epicId: string, repairs: readonly RepairRow[]) =>
  repairs.length === 0
    ? ''
    : html`<details><summary>Put right on GitHub</summary>
<ul>${repairs.map(line)}</ul>
<p class="soft"><a href="/api/v1/repairs?epic=${epicId}">all of them, as JSON</a></p>
</details>`;
