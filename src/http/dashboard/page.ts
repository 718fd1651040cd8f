/** The frame of every page: readable without scripts, in light and dark, with a keyboard. */
import { html, raw } from 'hono/html';
import type { Running } from '../../ledger/read-models/running.ts';

const style = `
:root { color-scheme: light dark; --fg:#1f2328; --soft:#59636e; --bg:#fff; --card:#f6f8fa; --line:#d1d9e0;
  --go:#1a7f37; --busy:#0969da; --ask:#9a6700; --no:#d1242f; }
@media (prefers-color-scheme: dark) { :root { --fg:#f0f6fc; --soft:#9198a1; --bg:#0d1117; --card:#151b23; --line:#3d444d;
  --go:#3fb950; --busy:#4493f8; --ask:#d29922; --no:#f85149; } }
* { box-sizing: border-box; }
body { margin:0; font: 16px/1.5 system-ui, sans-serif; color:var(--fg); background:var(--bg); }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 1rem; }
a { color: var(--busy); } a:focus-visible { outline: 3px solid var(--busy); outline-offset: 2px; }
h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 0; }
.soft { color: var(--soft); } .skip { position:absolute; left:-99rem; } .skip:focus { left:1rem; }
.epic { border:1px solid var(--line); border-radius:8px; background:var(--card); padding:1rem; margin:1rem 0; }
progress { width: 100%; height:.6rem; accent-color: var(--go); }
table { width:100%; border-collapse: collapse; } th, td { text-align:left; padding:.35rem .5rem; border-top:1px solid var(--line); vertical-align: top; }
th { font-weight:600; } .scroll { overflow-x:auto; }
.state { white-space:nowrap; font-weight:600; } .done, .skipped { color:var(--go); } .in-progress, .ready { color:var(--busy); }
.trouble { border-color:var(--no); } code { overflow-wrap:anywhere; }
.in-review { color:var(--ask); } .blocked, .failed, .cancelled { color:var(--no); } .waiting { color:var(--soft); }
`;

const versions = (running: readonly Running[]): string =>
  running.map(({ version, count }) => `${version}${count === 1 ? '' : ` ×${count}`}`).join(', ');

/** A whole page. `body` is already safe HTML; `refresh` reloads it after so many seconds; `running` goes into its foot. */
export const page = (
  title: string,
  body: ReturnType<typeof html>,
  { refresh, running = [] }: { readonly refresh?: number; readonly running?: readonly Running[] } = {},
) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh === undefined ? '' : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><a href="/"><strong>Gatehouse</strong></a> <span class="soft">who waits for whom</span></header>
<main id="main">${body}</main>
<footer class="soft"><a href="/api/v1/epics">JSON</a> · <a href="/metrics">metrics</a> · <a href="/readyz">ready?</a>${running.length === 0 ? '' : html` · running: ${versions(running)}`}</footer>
</body>
</html>`;
