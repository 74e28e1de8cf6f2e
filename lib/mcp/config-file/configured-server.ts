import { z } from 'zod';
import type { McpServerInput } from '#src/lib/mcp/mcp-server.ts';
import { toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';

/** What of a file could not be taken over, and where it stands: `mcpServers.till.headers.X-Other`. */
export const configProblemSchema = z.object({ path: z.string(), message: z.string() });
export type ConfigProblem = z.infer<typeof configProblemSchema>;

/** What a file says of a tool's policy; the rest is as it is for a new tool. */
export const policyPatchSchema = toolPolicySchema.partial();
export type PolicyPatch = z.infer<typeof policyPatchSchema>;

/** One server of a file, ready to be added; its policies are set once its tools are listed. */
export type ConfiguredServer = { path: string; input: McpServerInput; policies: Record<string, PolicyPatch> };

/** One server as it stands in a file. `block` is the `mcp` block of X2: its tools are on unless its filter names some. */
export type Entry = { path: string; name: string | null; value: unknown; kind: 'mcp-json' | 'block' | 'own' };
