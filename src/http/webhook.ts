/** `POST /api/github/webhooks`: size, signature, store, and only then 2xx (contract §1, threats T01–T08). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Received } from '../engine/receive.ts';

/** GitHub sends nothing larger (platform §4.5). */
const mostBytes = 25 * 1024 * 1024;
/** A sender that takes longer than this for a body is no GitHub. */
const patience = 10_000;

/** What the door needs of the house. */
export interface WebhookDoor {
  /** The secrets that are good at this moment, the current one first (threats T05). */
  readonly secrets: () => readonly string[];
  /** Resolves when the delivery is committed; rejects when it could not be stored. */
  readonly receive: (received: Received) => Promise<void>;
  /** Told when a delivery was signed with a secret that is being retired. */
  readonly usedPrevious: () => void;
  /** Told of every answer, for metrics. */
  readonly answered: (status: number) => void;
  /** Told what failed, and of which delivery where that is known. */
  readonly failed: (failure: unknown, of?: { readonly delivery: string; readonly event: string }) => void;
}

type Refused = { readonly status: number; readonly says: string };

const unsigned: Refused = { status: 401, says: 'The signature is missing or wrong.' };
const tooLarge: Refused = { status: 413, says: 'The body is larger than 25 MB.' };

/** Small bodies are always read; what is larger shares this much memory, however many senders there are (threats T06). */
const smallBytes = 256 * 1024;
const mostHeld = 128 * 1024 * 1024;
const busy: Refused = { status: 503, says: 'Too many large bodies at once; deliver it again.' };
let held = 0;

const readBody = (request: IncomingMessage): Promise<Buffer | Refused> =>
  new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let share = 0;
    let over = false;
    const end = (result: Buffer | Refused): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      held -= share;
      chunks = [];
      resolve(result);
    };
    const timer = setTimeout(() => end({ status: 408, says: 'The body took too long.' }), patience);
    request.on('data', (chunk: Buffer) => {
      if (over) return;
      size += chunk.length;
      if (size > smallBytes) {
        share += chunk.length;
        held += chunk.length;
      }
      if (size > mostBytes) end(tooLarge);
      else if (share > 0 && held > mostHeld) end(busy);
      else chunks.push(chunk);
    });
    request.on('end', () =>
      end(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    for (const gone of ['error', 'aborted', 'close'])
      request.on(gone, () => end({ status: 400, says: 'The body broke off.' }));
  });

const hex = /^sha256=([0-9a-f]{64})$/i;

/** True when the header is the HMAC-SHA256 of the raw bytes. SHA-1 is not looked at; nothing here can throw. */
export const isSigned = (secret: string, body: Uint8Array, header: string | undefined): boolean => {
  const given = hex.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const right = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(right, Buffer.from(given, 'hex'));
};

const single = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const shaped = (text: string | undefined, pattern: RegExp): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;

const check = async (door: WebhookDoor, request: IncomingMessage): Promise<Received | Refused> => {
  if (Number(single(request, 'content-length') ?? 0) > mostBytes) return tooLarge;
  const body = await readBody(request);
  if ('status' in body) return body;
  const signature = single(request, 'x-hub-signature-256');
  const by = door.secrets().findIndex((secret) => isSigned(secret, body, signature));
  if (by > 0) door.usedPrevious();
  if (by < 0) return unsigned;
  const event = shaped(single(request, 'x-github-event'), /^[a-z0-9_]{1,64}$/i);
  const guid = shaped(single(request, 'x-github-delivery'), /^[\w-]{1,128}$/);
  if (event === undefined) return { status: 400, says: 'X-GitHub-Event is missing or malformed.' };
  if (guid === undefined) return { status: 400, says: 'X-GitHub-Delivery is missing or malformed.' };
  return { event, guid, body };
};

const accept = async (door: WebhookDoor, received: Received): Promise<Refused> => {
  try {
    await door.receive(received);
    return { status: 202, says: 'stored' };
  } catch (failure) {
    door.failed(failure, { delivery: received.guid, event: received.event });
    return { status: 503, says: 'The delivery could not be stored; deliver it again.' };
  }
};

/** What is left of a refused body is thrown away as it comes: whoever is cut off while sending never reads the answer. */
const letRunOut = (request: IncomingMessage): void => {
  const timer = setTimeout(() => request.destroy(), patience);
  request.once('close', () => clearTimeout(timer));
  request.resume();
};

/** Answers one webhook. 202 if and only if it is committed, or was before. */
export const answerWebhook = async (
  door: WebhookDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const checked = await check(door, request);
  const { status, says } = 'status' in checked ? checked : await accept(door, checked);
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
  if (status === 408) headers['connection'] = 'close';
  if (status === 503) headers['retry-after'] = '10';
  response.writeHead(status, headers).end(`${says}\n`);
  door.answered(status);
  if (!request.complete) letRunOut(request);
};
