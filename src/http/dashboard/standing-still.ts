/** The part of the first page that says where the App may not act: absent while it may everywhere. */
import { html } from 'hono/html';
import type { StandingStill } from '../../ledger/read-models/standing-still.ts';

const line = ({ account, state, epics }: StandingStill) => {
  const waits = `${epics} ${epics === 1 ? 'epic stands' : 'epics stand'} still`;
  return state === 'suspended'
    ? html`<li>${account}: the App is suspended, ${waits}. An owner unsuspends it in the settings of ${account}, GitHub Apps.</li>`
    : html`<li>${account}: the App was uninstalled, ${waits}. Installed again they go on; <code>gatehouse forget ${account}</code> removes them.</li>`;
};

/** The account with the most epics first. */
export const stillSection = (still: readonly StandingStill[]) =>
  still.length === 0
    ? ''
    : html`<section class="epic trouble" aria-labelledby="still">
<h2 id="still">Where Gatehouse may not act</h2>
<ul>${still.map(line)}</ul>
</section>`;
