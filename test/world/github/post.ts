/** One webhook POST over a kept-alive connection, with a time limit; never throws. */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256, keepAliveMsecs: 1000 });

export type Posted = { status: number; reason: string };

/** Status 502 stands for "nobody there", 504 for "no answer in time", as GitHub's delivery log shows them. */
export async function post(
  url: string,
  bytes: Buffer,
  headers: Record<string, string>,
  timeout: number,
): Promise<Posted> {
  const first = await attempt(url, bytes, headers, timeout);
  // A connection that idled while the other side closed it says nothing about the other side: ask on a new one.
  return first === 'stale' ? settle(await attempt(url, bytes, headers, timeout)) : first;
}

function settle(result: Posted | 'stale'): Posted {
  return result === 'stale' ? { status: 502, reason: 'failed to connect to host' } : result;
}

function attempt(
  url: string,
  bytes: Buffer,
  headers: Record<string, string>,
  timeout: number,
): Promise<Posted | 'stale'> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers, agent }, (answer) => {
      const status = answer.statusCode ?? 502;
      answer.resume();
      const done = () => {
        clearTimeout(timer);
        resolve({ status, reason: `Invalid HTTP Response: ${status}` });
      };
      answer.once('end', done);
      answer.once('error', done);
    });
    const timer = setTimeout(() => {
      resolve({ status: 504, reason: 'timed out' });
      sent.destroy();
    }, timeout);
    sent.once('error', () => {
      clearTimeout(timer);
      resolve(sent.reusedSocket ? 'stale' : { status: 502, reason: 'failed to connect to host' });
    });
    sent.end(bytes);
  });
}
