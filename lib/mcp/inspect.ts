import { z } from 'zod';

/** What a person asks a server by hand. */
export const inspectRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call-tool'),
    name: z.string().min(1).max(256),
    arguments: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({ kind: z.literal('read-resource'), uri: z.string().min(1).max(8192) }),
  z.object({
    kind: z.literal('get-prompt'),
    name: z.string().min(1).max(256),
    arguments: z.record(z.string(), z.string()).default({}),
  }),
  z.object({ kind: z.literal('list') }),
]);
export type InspectRequest = z.output<typeof inspectRequestSchema>;

/** What came of it. `result` is the server's own, verbatim: `{content, …}`, `{contents}`, `{messages}`, or the four lists. */
export const inspectedSchema = z.object({
  ok: z.boolean(),
  result: z.unknown(),
  /** Of the request itself, without connecting and without the time that a person thought about a question. */
  ms: z.number(),
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string().optional(), raw: z.string().optional() })
    .optional(),
});
export type Inspected = z.infer<typeof inspectedSchema>;

/** A person's answer to what a server asked meanwhile. */
export const questionAnswerSchema = z.object({
  action: z.enum(['accept', 'decline', 'cancel']),
  content: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
});
