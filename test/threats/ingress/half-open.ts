/** A wire to PostgreSQL that can be held: open, but nothing comes through, as when the server is stopped or the network swallows packets. */
import { connect, createServer, type Socket } from 'node:net';

/** See `holdableWire`. */
export interface Wire {
  /** The database's address by this wire. */
  readonly url: string;
  /** From now on nothing comes through; connections stand. */
  readonly hold: () => void;
  /** What was held back comes through now. */
  readonly free: () => void;
  readonly close: () => void;
}

const wayTo = (url: string): { path: string } | { host: string; port: number } => {
  const { hostname, port, searchParams } = new URL(url);
  const directory = searchParams.get('host');
  if (directory === null) return { host: hostname, port: Number(port === '' ? 5432 : port) };
  return { path: `${directory}/.s.PGSQL.${searchParams.get('port') ?? 5432}` };
};

/** A wire to the database at `url`. */
export const holdableWire = async (url: string): Promise<Wire> => {
  const sockets = new Set<Socket>();
  let held = false;
  const server = createServer((from) => {
    const to = connect(wayTo(url));
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk) => other.write(chunk));
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      if (held) one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const { username, password, pathname } = new URL(url);
  return {
    url: `postgresql://${username || 'postgres'}:${password || 'none'}@127.0.0.1:${port}${pathname}`,
    hold: () => {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    free: () => {
      held = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
