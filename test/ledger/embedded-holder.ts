/** A process that uses the embedded database until it is killed; run by embedded.test.ts, which says where. */
import { openDatabase } from '../../src/ledger/database.ts';
import { startEmbedded } from '../../src/ledger/embedded.ts';

const { url } = await startEmbedded(process.argv[2] ?? '');
const db = openDatabase(url, { max: 1 });
await db.query('create table if not exists kept (word text)');
await db.query(`insert into kept values ('written before the kill')`);
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 1_000);
