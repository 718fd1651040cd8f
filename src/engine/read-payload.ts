/** Bytes → payload. What JSON can say and people can type, but text columns and diff tools choke on, is replaced (threats T07). */

const suspicious = /\\u(?:0000|d[89a-f])/i;

const harmless = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

const cleaned = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? harmless(value) : value;

/** The parsed body, or undefined where it is no JSON. The raw bytes stay as they are in the inbox. */
export const readPayload = (body: Uint8Array): unknown => {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    return suspicious.test(text) ? JSON.parse(text, cleaned) : JSON.parse(text);
  } catch {
    return undefined;
  }
};
