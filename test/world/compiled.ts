/** Where processes that tests start keep what they have compiled: each start then costs half. */
import { fileURLToPath } from 'node:url';

/** For the environment of a started process. */
export const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/gatehouse-compiled', import.meta.url)),
};
