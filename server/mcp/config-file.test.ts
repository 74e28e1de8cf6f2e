import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { listServerTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { exportServers, importServers } from '#src/server/mcp/config-file.ts';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { listHandshakes, runHandshake } from '#src/server/mcp/run-handshake.ts';
import { updateServer } from '#src/server/mcp/save-server.ts';
import { type ListingServer, startListingServer } from '#src/server/mcp/testing/listing-server.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';

process.env.PATCHBAY_ALLOW_STDIO = '1';
const servers: ListingServer[] = [];
afterAll(async () => {
  for (const server of servers) server.close();
  await closeConnection();
});
const listing = async (...names: string[]) => {
  const server = await startListingServer(names.map((name) => ({ name, inputSchema: { type: 'object' } })));
  servers.push(server);
  return server;
};
const states = async (team: string, id: string) =>
  (await listServerTools(team, id)).map(({ definition, policy }) => [definition.name, policy.allowed, policy.effect]);

test('an mcp block with a filter exposes the named tools of a real program, and reports what matches nothing [X2] [X1]', async () => {
  const team = 'team-import-1';
  const file = {
    mcp: {
      command: process.execPath,
      args: [path.resolve('node_modules/@modelcontextprotocol/server-everything/dist/index.js'), 'stdio'],
      tools_filter: ['echo', 'get-sum', 'no_such_tool'],
    },
  };
  const { created, problems } = await importServers(team, JSON.stringify(file));
  expect(created).toMatchObject([{ name: 'everything', ok: true, unmatched: ['no_such_tool'] }]);
  expect(problems).toMatchObject([{ path: 'mcp.tools_filter', message: expect.stringContaining('no_such_tool') }]);
  const id = created[0]?.id ?? '';
  expect(await states(team, id)).toEqual([
    ['echo', true, 'write'],
    ['get-sum', true, 'write'],
  ]);
  expect((await listHandshakes(team, id))[0]?.unmatchedFilter).toEqual(['no_such_tool']);
});

test('an empty filter exposes all, as writes; mcp.json exposes none [X2] [V10]', async () => {
  const team = 'team-import-2';
  const { url } = await listing('count', 'refund');
  const { created } = await importServers(team, JSON.stringify({ mcp: [{ name: 'All', url, tools_filter: [] }] }));
  expect(await states(team, created[0]?.id ?? '')).toEqual([
    ['count', true, 'write'],
    ['refund', true, 'write'],
  ]);
  const second = await importServers(team, JSON.stringify({ mcpServers: { All: { url }, None: { url } } }));
  expect(second.problems).toMatchObject([{ path: 'mcpServers.All', message: expect.stringContaining('already') }]);
  expect(await states(team, second.created[0]?.id ?? '')).toEqual([
    ['count', false, 'write'],
    ['refund', false, 'write'],
  ]);
  expect(await listServers('team-import-other')).toEqual([]);
});

test('what is exported holds no secret and comes back the same in another team [K3]', async () => {
  const [from, to] = ['team-import-3', 'team-import-4'];
  const { url } = await listing('count', 'refund');
  const { created } = await importServers(
    from,
    JSON.stringify({ mcpServers: { 'Luigi’s till': { url, headers: { 'X-Api-Key': 'very-secret-key' } } } }),
  );
  const id = created[0]?.id ?? '';
  await setToolPolicy(from, id, 'count', { ...newToolPolicy, allowed: true, effect: 'read', timeoutMs: 900 });
  const limits = {
    ...defaultLimits,
    perMinute: 60,
    concurrent: 2,
    latencyBudgetMs: 1_500,
    toolTimeoutMs: 4_000,
    maySpeak: true,
    keepMessages: true,
  };
  await updateServer(from, id, { limits, watchMinutes: null, phase: 'after-call', toolsFilter: ['count', 'refund'] });
  await runHandshake(from, id);
  const file = await exportServers(from);
  expect(file).not.toContain('very-secret-key');
  expect(JSON.parse(file)).toMatchObject({
    patchbay: 1,
    servers: [{ name: 'Luigi’s till', url, auth: { name: 'X-Api-Key', key: '${LUIGI_S_TILL_KEY}' }, limits }],
  });

  expect((await importServers(to, file)).needs).toEqual(['LUIGI_S_TILL_KEY']);
  const { created: again, problems } = await importServers(to, file, { LUIGI_S_TILL_KEY: 'other-key' });
  expect([again.length, problems]).toEqual([1, []]);
  const copy = again[0]?.id ?? '';
  expect(await states(to, copy)).toEqual(await states(from, id));
  expect(await states(to, copy)).toEqual([
    ['count', true, 'read'],
    ['refund', false, 'write'],
  ]);
  expect(await exportServers(to)).toBe(file);
});

test('the same over REST, with limits changed and usage shown [K6]', async () => {
  const team = 'team-import-5';
  const { url } = await listing('count');
  const actor = { teamId: team, role: 'owner', name: 'test', userId: null } as const;
  const { token } = await createApiToken(actor, { name: 'test', role: 'builder' });
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await dispatch(
      new Request(`http://localhost/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await response.json() };
  };
  const imported = await ask('POST', '/mcp-servers/import', { text: JSON.stringify({ mcp: { name: 'Till', url } }) });
  expect(imported).toMatchObject({ status: 200, body: { created: [{ name: 'Till', ok: true, tools: 1 }] } });
  const id: string = imported.body.created[0].id;
  await ask('PATCH', `/mcp-servers/${id}`, { limits: { perMinute: 30, concurrent: 1, latencyBudgetMs: 800 } });
  expect((await ask('GET', `/mcp-servers/${id}/usage`)).body).toMatchObject({
    lastMinute: 0,
    limits: { perMinute: 30, concurrent: 1, latencyBudgetMs: 800 },
  });
  expect((await ask('GET', '/mcp-servers/export')).body).toMatchObject({ patchbay: 1, servers: [{ name: 'Till' }] });
  expect((await ask('GET', `/mcp-servers/${id}/tools`)).body.items).toMatchObject([
    {
      name: 'count',
      policy: { allowed: true },
      pending: null,
      measured: null,
      readiness: { score: expect.any(Number) },
    },
  ]);
  expect((await ask('GET', `/mcp-servers/${id}/readiness`)).body).toMatchObject({ score: expect.any(Number) });
  expect((await ask('GET', `/mcp-servers/${id}/checks`)).body.items).toMatchObject([{ ok: true, source: 'asked' }]);
});
