/** Follows raw HTML through a Markdown document and knows whether what comes next stands inside an element or a comment. */

/** Elements GitHub keeps, or drops together with their contents; text inside one is not plain text of the comment (threats T39). */
const containers = new Set(
  (
    'a abbr aside article b bdo blockquote button caption center cite code dd del details dfn div dl dt em fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header i iframe ins kbd li main mark math nav noscript object ol option picture ' +
    'plaintext pre q rp rt ruby s samp script section select small span strike strong style sub summary sup svg table tbody ' +
    'td template textarea tfoot th thead time title tr tt u ul var video xmp'
  ).split(' '),
);

/** Nobody writes this deep; following it would take time that grows with its square. */
const deepest = 100;

const piece = /<!--(?:>|->|[\s\S]*?-->)|<(\/?)([A-Za-z][A-Za-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*>/g;

/** What has been opened so far. Immutable: `reading` gives the next one. */
export interface HtmlState {
  /** Names of the elements that are open, outermost first. */
  readonly open: readonly string[];
  /** An unfinished comment or tag: a browser swallows everything after it. */
  readonly swallowed: boolean;
}

/** Before the first piece of HTML. */
export const outsideHtml: HtmlState = { open: [], swallowed: false };

const afterTag = (open: readonly string[], name: string, closes: boolean): readonly string[] => {
  if (!containers.has(name)) return open;
  if (!closes) return [...open, name];
  const last = open.lastIndexOf(name);
  return last === -1 ? open : open.slice(0, last);
};

/** The state after one more piece of raw HTML; what cannot be read is taken to hide the rest. */
export const reading = (state: HtmlState, html: string): HtmlState => {
  if (state.swallowed) return state;
  let open = state.open;
  for (const [, slash, name] of html.matchAll(piece)) {
    if (name !== undefined) open = afterTag(open, name.toLowerCase(), slash === '/');
  }
  return { open, swallowed: open.length > deepest || /<[A-Za-z/!?]/.test(html.replace(piece, '')) };
};
