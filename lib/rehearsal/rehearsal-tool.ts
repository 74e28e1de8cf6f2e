import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** One tool as the rehearsal dialogue sees it. */
export type RehearsalTool = {
  /** The name under which the model calls it. */
  key: string;
  definition: ToolDefinition;
  effect: 'read' | 'write';
};
