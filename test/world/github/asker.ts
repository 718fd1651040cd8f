/** Who a request comes from: the app by its JWT, an installation by its token, a person by theirs. */
import { verify } from 'node:crypto';
import { accountById, accountByLogin } from './find.ts';
import type { Actor, Hub } from './hub.ts';
import { Refused } from './refusal.ts';
import { isShape } from './request.ts';
import type { Account, App } from './state.ts';

/** The token a person uses: `ghp_` and the login they had when it was made, bound to their id. */
export function tokenOf(user: Account): string {
  return `ghp_${user.id}`;
}

/** The actor a person is. */
export function personActor(user: Account): Actor {
  return { user, app: null, installation: null };
}

/** Reads the `Authorization` header; 401 for anything wrong or old. */
export function whoAsks(
  hub: Hub,
  header: string | undefined,
  publicKey: string | undefined,
): { as: Actor | null; app: App | null } {
  const token = header?.replace(/^(?:bearer|token)\s+/i, '');
  if (token === undefined) return { as: null, app: null };
  if (token.split('.').length === 3) return { as: null, app: appOf(hub, token, publicKey) };
  if (token.startsWith('ghp_')) {
    const user = hub.state.accounts.get(Number(token.slice(4))) ?? accountByLogin(hub.state, token.slice(4));
    if (user !== undefined && !user.gone) return { as: personActor(user), app: null };
  }
  const known = hub.state.tokens.get(token);
  const installation = known === undefined ? undefined : hub.state.installations.get(known.installationId);
  const app = hub.state.app;
  if (known === undefined || installation === undefined || app === null || known.expiresAt <= hub.now()) {
    throw new Refused(401, 'Bad credentials');
  }
  return { as: { user: accountById(hub.state, app.botId), app, installation }, app: null };
}

function appOf(hub: Hub, jwt: string, publicKey: string | undefined): App {
  const app = hub.state.app;
  const [head, claims, signature] = jwt.split('.');
  const read = (part: string | undefined): unknown =>
    JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
  try {
    const said = read(claims);
    if (app === null || !isShape(said)) throw new Error('no claims');
    if (String(said['iss']) !== String(app.id)) throw new Refused(404, 'Integration not found');
    if (Number(said['exp']) * 1000 <= Date.now())
      throw new Refused(401, "'Expiration time' claim ('exp') is too far in the past");
    if (publicKey !== undefined) {
      const bytes = Buffer.from(signature ?? '', 'base64url');
      if (!verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, bytes))
        throw new Error('bad signature');
    }
    return app;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(401, 'A JSON web token could not be decoded');
  }
}
