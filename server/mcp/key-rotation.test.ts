import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { credentials, mcpServers } from '#src/server/db/schema.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { type AccessTo, storedAccess } from '#src/server/mcp/stored-access.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

const open: Listening[] = [];
afterAll(() => Promise.all(open.map((listening) => listening.close())));

/** A real server whose keys the test changes while it runs. */
async function serverWithKeys(...first: string[]) {
  const keys = new Set(first);
  const calls: string[] = [];
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'keyed', version: '1' });
      server.registerTool('order', { description: 'Orders' }, () => {
        calls.push('order');
        return { content: [{ type: 'text', text: 'ordered' }] };
      });
      return server;
    }),
  );
  const listening = await listenOn((request, response) => {
    if (!keys.has(String(request.headers['x-api-key']))) return response.writeHead(401).end('no');
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    return void handle(request, response);
  });
  open.push(listening);
  return { url: `${listening.origin}/mcp`, keys, calls };
}

const teamId = newId('run');
const auth = (key: string) => ({ type: 'api-key' as const, in: 'header' as const, name: 'x-api-key', key });
const rowOf = (id: string) => forTeam(teamId, (tx) => findServer(tx, id));
const openWith = async (server: AccessTo) =>
  openMcpSession({ server: { ...server, era: 'modern' }, access: await storedAccess(teamId, server) });
const order = async (server: AccessTo) => {
  const session = await openWith(server);
  try {
    return await session.callTool('order', {}, { timeoutMs: 5_000 });
  } finally {
    await session.close();
  }
};

test('a key is changed here before the server takes it: the one before serves meanwhile [K3]', async () => {
  const server = await serverWithKeys('old-key');
  const { id } = await createServer(teamId, { name: 'Keyed', url: server.url, auth: auth('old-key') });
  await updateServer(teamId, id, { auth: auth('new-key') });
  expect(await order(await rowOf(id))).toMatchObject({ isError: false });
  server.keys.add('new-key');
  server.keys.delete('old-key');
  expect(await order(await rowOf(id))).toMatchObject({ isError: false });
  expect(server.calls.length).toBe(2);
});

test('a call that runs goes on when the key is changed, and no write is sent twice [K3] [V13]', async () => {
  const server = await serverWithKeys('old-key');
  const { id } = await createServer(teamId, { name: 'Keyed', url: server.url, auth: auth('old-key') });
  const frozen = await rowOf(id);
  const session = await openWith(frozen);
  await session.callTool('order', {}, { timeoutMs: 5_000 });
  await updateServer(teamId, id, { auth: auth('new-key') });
  server.keys.clear();
  server.keys.add('new-key');
  expect(await session.callTool('order', {}, { timeoutMs: 5_000 })).toMatchObject({ isError: false });
  await session.close();
  expect(server.calls.length).toBe(2);
  // A call that was placed before and opens its session only now, two changes later.
  await updateServer(teamId, id, { auth: auth('newest-key') });
  await updateServer(teamId, id, { auth: auth('new-key') });
  expect(await order(frozen)).toMatchObject({ isError: false });
});

test('the overlap ends, and then the key before is used no more [K3]', async () => {
  const server = await serverWithKeys('old-key');
  const { id } = await createServer(teamId, { name: 'Keyed', url: server.url, auth: auth('old-key') });
  await updateServer(teamId, id, { auth: auth('new-key') });
  const over = { previousUntil: new Date(Date.now() - 1_000) };
  await forTeam(teamId, (tx) => tx.update(mcpServers).set(over).where(eq(mcpServers.id, id)));
  await expect(order(await rowOf(id))).rejects.toMatchObject({ code: 'unauthorised' });
});

test('a key goes neither to a new host nor into another kind of check, and no key is kept that nothing uses [K3]', async () => {
  const server = await serverWithKeys('old-key');
  const other = await serverWithKeys('old-key', 'new-key');
  const { id } = await createServer(teamId, { name: 'Keyed', url: server.url, auth: auth('old-key') });
  const first = (await rowOf(id)).credentialId ?? '';
  await expect(updateServer(teamId, id, { url: other.url })).rejects.toMatchObject({ code: 'key-missing' });
  await expect(updateServer(teamId, id, { auth: { type: 'bearer' } })).rejects.toMatchObject({ code: 'key-missing' });
  await updateServer(teamId, id, { url: other.url, auth: auth('new-key') });
  expect(await rowOf(id)).toMatchObject({ previousCredentialId: null, previousUntil: null });
  const kept = await forTeam(teamId, (tx) => tx.select().from(credentials).where(eq(credentials.id, first)));
  expect(kept).toEqual([]);
  await updateServer(teamId, id, { name: 'Renamed' });
  expect(await order(await rowOf(id))).toMatchObject({ isError: false });
});
