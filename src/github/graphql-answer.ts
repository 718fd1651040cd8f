/** GraphQL's own answer shape. */
import { z } from 'zod';

const error = z.object({
  message: z.string(),
  type: z.string().nullish(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z
    .object({ code: z.string().nullish(), typeName: z.string().nullish(), fieldName: z.string().nullish() })
    .nullish(),
});

/** One entry of `errors`. */
export type GraphqlError = z.infer<typeof error>;

/** `data`, `errors` and nothing else; a body without either is not GraphQL. */
export const graphqlBody = z
  .object({ data: z.record(z.string(), z.unknown()).nullish(), errors: z.array(error).optional() })
  .refine((body) => body.data !== undefined || body.errors !== undefined)
  .transform((body) => ({ data: body.data ?? null, errors: body.errors ?? [] }));

/** True for an error that means "not now": this part was not executed. */
export const isRateLimit = ({ type, message }: GraphqlError): boolean =>
  /^RATE_LIMIT(?:ED)?$/.test(type ?? '') || /submitted too quickly|rate limit/i.test(message);
