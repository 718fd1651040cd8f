/** A bare HTTP client of the stand-in for its own tests: as the app, as its installation, or as a person. */
import type { Shape } from './hub.ts';
import type { StandIn } from './stand-in.ts';
import type { Installation } from './state.ts';

export type Called = {
  status: number;
  body: Shape & { [at: number]: Shape };
  list: Shape[];
  text: string;
  headers: Headers;
};
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Called>;

/** A caller that sends this `Authorization` header. */
export function callerWith(github: StandIn, authorization: string): Caller {
  return async (method, path, body, headers = {}) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(github.url + path, {
      method,
      redirect: 'manual',
      headers: { authorization, ...headers },
      ...sent,
    });
    const text = await answer.text();
    const json: unknown =
      /^application\/json/.test(answer.headers.get('content-type') ?? '') && text !== ''
        ? JSON.parse(text)
        : {};
    const list = Array.isArray(json) ? (json as Shape[]) : [];
    return { status: answer.status, body: json as Called['body'], list, text, headers: answer.headers };
  };
}

/** Calls as the app itself; the stand-in checks the signature only when it was given a public key. */
export function asApp(github: StandIn): Caller {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: github.state.app?.id, iat: 0, exp: Math.floor(Date.now() / 1000) + 60 };
  return callerWith(github, `Bearer ${part({ alg: 'RS256' })}.${part(claims)}.x`);
}

/** Calls with an installation token, as Gatehouse does. */
export async function asInstallation(github: StandIn, installation: Installation): Promise<Caller> {
  const answer = await asApp(github)('POST', `/app/installations/${installation.id}/access_tokens`);
  return callerWith(github, `token ${String(answer.body['token'])}`);
}

/** Calls as a person, with a token of theirs. */
export function asPerson(github: StandIn, login: string): Caller {
  return callerWith(github, `token ${github.person(login).token}`);
}
