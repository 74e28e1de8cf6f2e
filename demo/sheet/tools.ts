import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { SheetStore } from '#src/demo/sheet/store.ts';

/** A spreadsheet as an MCP server: one row a call. */
export function sheetServer(store: SheetStore): McpServer {
  const server = new McpServer(
    { name: 'sheet-log', version: '1.0.0' },
    { instructions: 'A table of calls. Rows are only added.' },
  );
  server.registerTool(
    'append_row',
    {
      title: 'Add a row',
      description: 'Adds one row to the table of calls.',
      inputSchema: z.object({
        date: z.string().max(40).describe('When the call began, as ISO 8601'),
        caller: z.string().max(200).describe('Who called'),
        assistant: z.string().max(200).describe('Who answered'),
        summary: z.string().max(8_192).describe('What was done'),
        duration: z.number().min(0).describe('How long the call took, in seconds'),
      }),
      outputSchema: z.object({ row: z.number().int() }),
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    async (row) => {
      const written = { row: await store.append(row) };
      return { structuredContent: written, content: [{ type: 'text' as const, text: JSON.stringify(written) }] };
    },
  );
  return server;
}
