/** What GitHub says no with: a status and its body, thrown by acts and answered by the server. */
import type { Shape } from './hub.ts';

const DOCS = 'https://docs.github.com/rest';

/** Thrown for every answer that is not a success; people's verbs throw it too. */
export class Refused extends Error {
  readonly status: number;
  readonly body: Shape;
  readonly headers: Record<string, string>;
  constructor(status: number, message: string, more: Shape = {}, headers: Record<string, string> = {}) {
    super(`${status} ${message}`);
    this.status = status;
    this.body = { message, documentation_url: DOCS, status: String(status), ...more };
    this.headers = headers;
  }
}

/** The 404 that hides whether something exists. */
export function notFound(): Refused {
  return new Refused(404, 'Not Found');
}

/** The 422 with one entry per wrong field. */
export function invalid(resource: string, field: string, code: string, message?: string): Refused {
  const error = message === undefined ? { resource, field, code } : { resource, field, code, message };
  return new Refused(422, 'Validation Failed', { errors: [error] });
}
