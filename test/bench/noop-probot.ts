/** What intake, start and memory are held against: a Probot app that does nothing. */
import { Probot, Server } from 'probot';

const { APP_ID = '1', PRIVATE_KEY = '', WEBHOOK_SECRET = '', PORT = '0' } = process.env;

const server = new Server({
  Probot: Probot.defaults({
    appId: APP_ID,
    privateKey: PRIVATE_KEY,
    secret: WEBHOOK_SECRET,
    logLevel: 'warn',
  }),
  port: Number(PORT),
  host: '127.0.0.1',
});
await server.load((app) => {
  app.on('pull_request', () => {});
});
await server.start();
