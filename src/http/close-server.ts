/** The end of the listener: what is being answered is answered, but nobody is waited for long. */
import type { Server } from 'node:http';

/** Takes no new connection, and resolves when the last one is closed: after `patience` milliseconds they are cut off. */
export const closeServer = (server: Server, patience: number): Promise<void> =>
  new Promise((done) => {
    // A connection that is answered after this moment is kept alive by GitHub, not by us.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    // Whoever sends a body without an end would otherwise decide when we stop.
    const end = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      done();
    });
  });
