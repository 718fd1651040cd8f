/** The road between replicas and the stand-in: every replica calls GitHub by an address of its own, so that it can be cut off. */

/** Who drives on the road. `dead`: nothing it sends arrives, nothing it asked is answered. */
export interface Traveller {
  readonly name: string;
  readonly dead: boolean;
  /** Rejects once all its doors are shut: what a dead one waits for. */
  readonly gone: Promise<never>;
}

/** See `openRoad`. */
export interface Road {
  /** The address under which `traveller` reaches the server at `url`. */
  readonly to: (url: string, traveller: Traveller) => string;
  readonly forget: (traveller: Traveller) => void;
  readonly close: () => void;
}

/** Told when a request leaves and when its answer is there. */
export interface Toll {
  readonly leaves: (traveller: Traveller, asked: Passing) => void;
  readonly returns: (traveller: Traveller, asked: Passing, answer: Response) => void;
}

/** What is seen of a passing request: whether the App itself asks, or one of its installations. */
export interface Passing {
  readonly path: string;
  readonly byApp: boolean;
}

/** Takes `fetch` over until it is closed. */
export const openRoad = (toll: Toll): Road => {
  const real = globalThis.fetch;
  const travellers = new Map<string, { readonly traveller: Traveller; readonly host: string }>();
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const known = travellers.get(url.hostname);
    if (known === undefined) return real(input, init);
    const { traveller, host } = known;
    if (traveller.dead) return traveller.gone;
    const bearer = new Headers(init?.headers).get('authorization') ?? '';
    const passing = { path: url.pathname, byApp: /^bearer /i.test(bearer) };
    toll.leaves(traveller, passing);
    url.hostname = host;
    try {
      const answer = await real(url, init);
      if (traveller.dead) return traveller.gone;
      toll.returns(traveller, passing, answer);
      return answer;
    } catch (error) {
      if (traveller.dead) return traveller.gone;
      throw error;
    }
  };
  return {
    to: (url, traveller) => {
      const address = new URL(url);
      const name = `${traveller.name}.replica.invalid`;
      travellers.set(name, { traveller, host: address.hostname });
      address.hostname = name;
      return address.href.replace(/\/$/, '');
    },
    forget: (traveller) => void travellers.delete(`${traveller.name}.replica.invalid`),
    close: () => {
      globalThis.fetch = real;
    },
  };
};
