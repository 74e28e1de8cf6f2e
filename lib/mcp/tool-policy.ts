import { z } from 'zod';
import { outputFilterTextSchema } from '#src/lib/mcp/output-filter.ts';

/** What the operator decided about one tool of one server. Annotations from the server are hints, this is the word. */
export const toolPolicySchema = z.object({
  /** The ceiling: an assistant may only list tools that are allowed here. */
  allowed: z.boolean(),
  effect: z.enum(['read', 'write']),
  confirmation: z.enum(['never', 'caller', 'operator', 'caller-then-operator']),
  timeoutMs: z.number().int().min(100).max(120_000),
  /** After a failure of the server. A write is sent again only where the server declares its tool idempotent, with the same key. */
  retries: z.number().int().min(0).max(5),
  /** How long the answer of a read may be given again; 0: it is asked each time. */
  cacheTtlMs: z.number().int().min(0).max(86_400_000),
  /** An `OutputFilter` as JSON text. */
  outputFilter: outputFilterTextSchema,
});
export type ToolPolicy = z.infer<typeof toolPolicySchema>;

/** A new tool is off, is taken for a write, and asks the caller: nothing happens by accident. */
export const newToolPolicy: ToolPolicy = {
  allowed: false,
  effect: 'write',
  confirmation: 'caller',
  timeoutMs: 10_000,
  retries: 0,
  cacheTtlMs: 0,
  outputFilter: null,
};
