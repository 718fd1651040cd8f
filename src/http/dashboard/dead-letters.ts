/** The part of the first page that appears only if something waits for a person: what, since when, why, what to type. */
import { html } from 'hono/html';
import type { DeadLetter, DeadLetters } from '../../ledger/read-models/dead-letters.ts';

const moment = (date: Date | null) =>
  date === null
    ? 'unknown'
    : html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 16).replace('T', ' ')}</time>`;

const place = ({ repository, number, lane }: DeadLetter): string =>
  repository === null ? lane : number === null ? repository : `${repository}#${number}`;

const row = (letter: DeadLetter) => html`<tr>
<td>${letter.kind === 'delivery' ? 'delivery' : 'promise'} <code>${letter.what}</code></td>
<td>${place(letter)}</td>
<td>${moment(letter.since)}</td>
<td>${letter.why}</td>
<td><code>gatehouse retry ${letter.guid ?? letter.lane}</code></td>
</tr>`;

/** Nothing at all where nothing is set aside or given up. */
export const deadLetterSection = ({ total, letters }: DeadLetters) =>
  total === 0
    ? ''
    : html`<section class="epic trouble" aria-labelledby="dead-letters">
<h2 id="dead-letters">${total} ${total === 1 ? 'thing waits' : 'things wait'} for an operator</h2>
<p class="soft">Tried until it made no sense any more. When the reason is gone, type what is in the last column, or <code>gatehouse retry --all</code>.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">Since (UTC)</th><th scope="col">Why</th><th scope="col">Type</th></tr></thead>
<tbody>${letters.map(row)}</tbody>
</table></div>
${total > letters.length ? html`<p class="soft">and ${total - letters.length} more: <a href="/api/v1/dead-letters?limit=1000">JSON</a></p>` : ''}
</section>`;
