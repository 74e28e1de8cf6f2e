import { z } from 'zod';

/** What the operator decided about one tool of one server. Annotations from the server are hints, this is the word. */
export const toolPolicySchema = z.object({
  /** The ceiling: an assistant may only list tools that are allowed here. */
  allowed: z.boolean(),
  effect: z.enum(['read', 'write']),
  confirmation: z.enum(['never', 'caller', 'operator', 'caller-then-operator']),
  timeoutMs: z.number().int().min(100).max(120_000),
  retries: z.number().int().min(0).max(5),
  cacheTtlMs: z.number().int().min(0).max(86_400_000),
  outputFilter: z.string().nullable(),
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
