import { z } from 'zod';
import { exchangeSchema } from '#src/lib/mcp/exchange.ts';

/** The steps of a handshake, in order; the same names on the page, in the API and in the guide. */
export const handshakeStepNames = [
  'address',
  'policy',
  'connect',
  'authentication',
  'protocol',
  'capabilities',
  'listing',
] as const;
export type HandshakeStepName = (typeof handshakeStepNames)[number];

export const handshakeErrorSchema = z.object({
  /** Stable, kebab-case, such as `connection-refused`, `unauthorised`, `not-mcp`, `timed-out`. */
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  /** The server's own words, free of our secrets. */
  raw: z.string().optional(),
});

export const handshakeStepSchema = z.object({
  name: z.enum(handshakeStepNames),
  state: z.enum(['passed', 'failed', 'not-run', 'skipped']),
  ms: z.number(),
  /** What was found, one short line: `127.0.0.1`, `2026-07-28, stateless`, `6 tools`. */
  detail: z.string().optional(),
  error: handshakeErrorSchema.optional(),
  /** What went over the wire in this step. */
  exchanges: z.array(exchangeSchema).default([]),
});
export type HandshakeStep = z.input<typeof handshakeStepSchema>;

export const handshakeSchema = z.object({
  ok: z.boolean(),
  ms: z.number(),
  at: z.string(),
  protocolVersion: z.string().nullable(),
  server: z.object({ name: z.string(), version: z.string() }).nullable(),
  instructions: z.string().nullable(),
  capabilities: z.record(z.string(), z.unknown()),
  steps: z.array(handshakeStepSchema),
  tools: z.number().int(),
  resources: z.number().int(),
  prompts: z.number().int(),
  /** Names in the server's `toolsFilter` that it does not list. */
  unmatchedFilter: z.array(z.string()).default([]),
  /** Tools whose definitions are too large or too deep to be taken in. */
  refusedTools: z.array(z.string()).default([]),
});
export type Handshake = z.input<typeof handshakeSchema>;
