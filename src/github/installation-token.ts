/** An installation's token: minted when first needed, kept until shortly before it expires, renewed on demand. */

/** A token and when it ends, in milliseconds since 1970. */
export interface Token {
  readonly token: string;
  readonly expiresAt: number;
}

export interface TokenSource {
  /** The token to use now; one request mints it however many ask at once. Throws what minting throws. */
  readonly current: () => Promise<string>;
  /** GitHub refused `used`: a newer one, minted unless somebody did already. */
  readonly renew: (used: string) => Promise<string>;
}

/** A request must not outlive its token on the way. */
const margin = 60_000;

/** How to mint, and a clock → TokenSource. */
export const tokenSource = (mint: () => Promise<Token>, now: () => number): TokenSource => {
  let held: Token | null = null;
  let minting: Promise<Token> | null = null;

  const fresh = async (): Promise<string> => {
    minting ??= mint().finally(() => {
      minting = null;
    });
    held = await minting;
    return held.token;
  };

  return {
    current: async () => (held !== null && held.expiresAt - now() > margin ? held.token : fresh()),
    renew: async (used) => (held !== null && held.token !== used ? held.token : fresh()),
  };
};
