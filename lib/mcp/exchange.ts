import { z } from 'zod';

/**
 * One request to a server and its answer, as they went over the wire, with every secret replaced by `[hidden]`. Over stdio a
 * message is a request with method `STDIN` and its answer has status 0.
 */
export const exchangeSchema = z.object({
  /** Wall time of the request, ISO 8601. */
  at: z.string(),
  /** To the end of the answer; null while it runs, or when it never came. */
  ms: z.number().nullable(),
  /** The JSON-RPC method, or null for a request that is not JSON-RPC, such as a metadata document. */
  rpc: z.string().nullable(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable(),
  }),
  response: z
    .object({
      status: z.number().int(),
      headers: z.record(z.string(), z.string()),
      /** Cut off past 64 KB; `bytes` is the whole length. */
      body: z.string(),
      bytes: z.number().int(),
    })
    .nullable(),
  /** What the network said instead of an answer. */
  error: z.string().nullable(),
});
export type Exchange = z.infer<typeof exchangeSchema>;
