import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { openBookingStore } from '#src/demo/bookings/store.ts';
import { bookingsServer } from '#src/demo/bookings/tools.ts';
import { requireSetting } from '#src/demo/require-setting.ts';
import { serve } from '#src/demo/serve.ts';

const store = openBookingStore(requireSetting('DEMO_DATABASE_URL'));
await store.prepare();

serve({
  port: Number(requireSetting('PORT')),
  key: requireSetting('DEMO_KEY'),
  keyFrom: (request) => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1],
  challenge: 'Bearer realm="bookings"',
  mcp: async (request, response) => {
    // Stateless: a server and a transport for each request, so that a restart loses no session.
    const server = bookingsServer(store);
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => {
      void transport.close();
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response);
  },
  healthy: store.healthy,
  reset: store.reset,
});
