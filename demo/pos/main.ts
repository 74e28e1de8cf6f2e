import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { openPosStore } from '#src/demo/pos/store.ts';
import { posServer } from '#src/demo/pos/tools.ts';
import { requireSetting } from '#src/demo/require-setting.ts';
import { serve } from '#src/demo/serve.ts';

const store = openPosStore(requireSetting('DEMO_DATABASE_URL'));
await store.prepare();
const [first, ...others] = (await store.dishes(undefined)).map((dish) => dish.name);
if (first === undefined) throw new Error('The menu is empty: reset the demo data.');
const handle = toNodeHandler(createMcpHandler(() => posServer(store, [first, ...others])));

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
  healthy: store.healthy,
  reset: async () => {
    await store.reset();
  },
});
