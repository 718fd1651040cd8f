/** Gatehouse as it is but for one thing: told so, it kills itself at the n-th hit of a boundary (threats F05). */
import pino from 'pino';
import { openHouse } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { type Doom, readDoom } from './doom.ts';

const read = readConfig(process.env);
if ('problems' in read) throw new Error(read.problems.join('\n'));

let doom: Doom | undefined = readDoom(process.env['DOOM']);
let hits = 0;
process.on('message', (message: { readonly doom?: string }) => {
  doom = readDoom(message.doom);
  hits = 0;
});

const house = await openHouse(read.config, pino({ level: read.config.logLevel }), {
  // Lists do not lag here, and every kill would cost the wait.
  lag: 200,
  reach: (boundary) => {
    if (boundary !== doom?.boundary) return;
    hits += 1;
    if (hits !== doom.hit) return;
    process.kill(process.pid, doom.by ?? 'SIGKILL');
  },
});

process.once('SIGTERM', () => {
  house.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
