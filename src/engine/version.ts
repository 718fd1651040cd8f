/** Which Gatehouse this is. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const card = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

/** As in package.json. */
export const version: string = z.object({ version: z.string() }).parse(JSON.parse(card)).version;
