import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { LiveServers } from '#src/server/agent/live-servers.ts';
import { type CountingServer, startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';

let server: CountingServer;
beforeAll(async () => {
  server = await startCountingServer();
});
afterAll(() => server.stop());

const signal = new AbortController().signal;

function connect(servers: FrozenServer[]) {
  const told: { type: string; data: Record<string, unknown> }[] = [];
  let opened = 0;
  const live = new LiveServers({
    servers,
    events: {
      write: <T extends CallEventType>(type: T, data: CallEventData<T>) => void told.push({ type, data: { ...data } }),
    },
    now: () => performance.now(),
    open: (one, stop) => {
      opened += 1;
      return openMcpSession({ server: one, key: null, signal: stop });
    },
  });
  live.connect();
  return { live, told, opened: () => opened };
}

test('servers are connected and their tools work [C3]', async () => {
  const { live, told, opened } = connect([server.frozen]);
  const session = await live.session(server.frozen.id, { fresh: false, signal });
  const result = await session.callTool('check_inventory', { item: 'margherita' }, { timeoutMs: 5_000 });
  expect(result.structuredContent).toEqual({ item: 'margherita', left: 7 });
  expect(told).toMatchObject([{ type: 'server-connected', data: { serverName: 'Counting', tools: 3 } }]);
  await live.session(server.frozen.id, { fresh: true, signal });
  expect(opened()).toBe(2);
  await live.close();
});

test('a definition that is not the approved one is quarantined, the others are not [B6]', async () => {
  const changed = structuredClone(server.frozen);
  for (const tool of changed.tools) if (tool.definition.name === 'place_order') tool.hash = 'what was approved';
  const [first] = changed.tools;
  if (!first) throw new Error('The counting server has no tools.');
  changed.tools.push({ ...first, definition: { name: 'vanished', inputSchema: {} } });
  const { live, told } = connect([changed]);
  await live.session(changed.id, { fresh: false, signal });
  expect(live.quarantined(changed.id, 'place_order')).toBe(true);
  expect(live.quarantined(changed.id, 'vanished')).toBe(true);
  expect(live.quarantined(changed.id, 'check_inventory')).toBe(false);
  expect(told).toMatchObject([
    { type: 'definition-quarantined', data: { tool: 'place_order', was: 'what was approved' } },
    { type: 'tools-changed', data: { offered: [], withdrawn: ['vanished'] } },
    { type: 'server-connected' },
  ]);
  await live.close();
});

test('a server that is away is told by name, and tried again when a tool needs it', async () => {
  const away = { ...server.frozen, url: `http://127.0.0.1:${await freePort()}/mcp` };
  const { live, told, opened } = connect([away]);
  await expect(live.session(away.id, { fresh: false, signal })).rejects.toMatchObject({ code: 'connection-refused' });
  expect(opened()).toBe(2);
  expect(told.at(-1)).toMatchObject({ type: 'server-failed', data: { code: 'connection-refused' } });
  await live.close();
});

test('servers for after the call are left alone [V15]', async () => {
  const { live, opened } = connect([{ ...server.frozen, phase: 'after-call' }]);
  expect(opened()).toBe(0);
  await live.close();
});
