import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { requireSetting } from '#src/demo/require-setting.ts';
import { serve } from '#src/demo/serve.ts';
import { openSheetStore } from '#src/demo/sheet/store.ts';
import { sheetServer } from '#src/demo/sheet/tools.ts';

const store = openSheetStore(requireSetting('SHEET_FILE'));
const handle = toNodeHandler(createMcpHandler(() => sheetServer(store)));

serve({
  port: Number(requireSetting('PORT')),
  key: requireSetting('DEMO_KEY'),
  keyFrom: (request) => {
    const key = request.headers['x-api-key'];
    return typeof key === 'string' ? key : undefined;
  },
  challenge: 'ApiKey header="x-api-key"',
  mcp: async (request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    await handle(request, response);
  },
  healthy: async () => true,
  reset: store.reset,
});
