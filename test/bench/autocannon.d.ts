/** The part of autocannon the bench uses; the package ships no types. */
declare module 'autocannon' {
  interface Request {
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
    readonly requests: readonly (Request & { readonly setupRequest?: (request: Request) => Request })[];
  }
  interface Result {
    readonly '2xx': number;
    readonly non2xx: number;
    readonly errors: number;
    readonly duration: number;
    readonly latency: { readonly max: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}
