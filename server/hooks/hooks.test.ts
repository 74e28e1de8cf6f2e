import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { readAllEvents, setClock, verifyCallEvents } from '#src/server/calls/event-log.ts';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls, credentials, hookEvents, mcpServers, organization } from '#src/server/db/schema.ts';
import { makeHookKey } from '#src/server/hooks/hook-key.ts';
import { sweepDeleted } from '#src/server/jobs/boss.ts';
import { deleteServer } from '#src/server/mcp/delete-server.ts';
import { createServer } from '#src/server/mcp/save-server.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';

const owner = (teamId: string) => ({ teamId, role: 'owner' as const, name: 'test', userId: null });
const url = 'https://kitchen.example/mcp';
let serverId = '';
let key = '';

beforeAll(async () => {
  serverId = (await createServer('team-hooks', { name: 'Kitchen', url, auth: { type: 'none' } })).id;
  const { token } = await createApiToken(owner('team-hooks'), { name: 'hooks', role: 'builder' });
  const made = await dispatch(
    new Request(`http://localhost/api/v1/mcp-servers/${serverId}/hook-key`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  expect(made.status).toBe(201);
  key = z.object({ key: z.string().startsWith('hk_') }).parse(await made.json()).key;
});
afterAll(closeConnection);

const seconds = () => Math.floor(Date.now() / 1_000);
const bodyOf = (more: Record<string, unknown> = {}) =>
  JSON.stringify({ event: 'order.ready', data: { order: newId('evt') }, timestamp: seconds(), ...more });

/** What a server's own program would send: nothing of ours makes the signature. */
async function send(body: string, o: { to?: string; signedWith?: string; signature?: string } = {}) {
  const { timestamp } = z.object({ timestamp: z.unknown() }).catch({ timestamp: '' }).parse(safeParse(body));
  const hmac = createHmac('sha256', o.signedWith ?? key)
    .update(`${String(timestamp)}.${body}`)
    .digest('hex');
  const response = await dispatch(
    new Request(`http://localhost/api/v1/hooks/${o.to ?? serverId}`, {
      method: 'POST',
      headers: { 'x-patchbay-signature': o.signature ?? `v1=${hmac}` },
      body,
    }),
  );
  const answer = z.object({ code: z.string().optional() }).parse(await response.json());
  return answer.code === undefined ? String(response.status) : `${response.status} ${answer.code}`;
}
function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
const stored = (team = 'team-hooks') => forTeam(team, (tx) => tx.select().from(hookEvents));

async function liveCall(team: string, servers: string[], status: 'live' | 'ended' = 'live'): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  const frozen = servers.map(
    (server): FrozenServer => ({
      id: server,
      name: 'Kitchen',
      transport: 'streamable-http',
      url,
      stdio: null,
      envCredentialId: null,
      rest: null,
      limits: defaultLimits,
      auth: { type: 'none' },
      credentialId: null,
      phase: 'live',
      instructions: null,
      era: null,
      tools: [],
    }),
  );
  await forTeam(team, (tx) =>
    tx.insert(calls).values({
      id,
      teamId: team,
      assistantId: 'asst_x',
      assistantName: 'Luigi',
      frozen: { assistantId: 'asst_x', version: null, config, servers: frozen, providers: [] },
      room: id,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Mara',
    }),
  );
  await setClock(team, id, new Date());
  await forTeam(team, (tx) => tx.update(calls).set({ status }).where(eq(calls.id, id)));
  return id;
}

test('a signed hook is kept and reaches the live calls of that server, and no other [K8] [V6]', async () => {
  const mine = await liveCall('team-hooks', ['srv_other', serverId]);
  const elsewhere = await liveCall('team-hooks', ['srv_other']);
  const over = await liveCall('team-hooks', [serverId], 'ended');
  const theirs = await liveCall('team-hooks-2', [serverId]);
  expect(await send(bodyOf({ data: { order: 'A-2047', note: 'hot\u0000\ud800' } }))).toBe('202');
  const events = await readAllEvents('team-hooks', mine);
  expect(events).toMatchObject([
    {
      type: 'server-notice',
      at: expect.any(Number),
      data: { serverId, serverName: 'Kitchen', event: 'order.ready', data: { order: 'A-2047' } },
    },
  ]);
  expect(callView(events).items).toMatchObject([{ kind: 'note', text: 'Kitchen sent order.ready.' }]);
  expect(await verifyCallEvents('team-hooks', mine)).toMatchObject({ brokenSeq: null });
  expect(await readAllEvents('team-hooks', elsewhere)).toEqual([]);
  expect(await readAllEvents('team-hooks', over)).toEqual([]);
  expect(await readAllEvents('team-hooks-2', theirs)).toEqual([]);
  expect(await stored()).toMatchObject([{ serverId, event: 'order.ready' }]);
  expect(await stored('team-hooks-2')).toEqual([]);
});

test('what is not signed, old, early or sent before is refused and leaves nothing [K8]', async () => {
  const call = await liveCall('team-hooks', [serverId]);
  const before = (await stored()).length;
  const body = bodyOf();
  expect(await send(body, { signedWith: 'hk_wrong' })).toBe('401 bad-signature');
  expect(await send(body, { signature: '' })).toBe('401 bad-signature');
  expect(await send(bodyOf({ timestamp: null }))).toBe('401 bad-signature');
  expect(await send(bodyOf({ timestamp: seconds() - 301 }))).toBe('401 timestamp-refused');
  expect(await send(bodyOf({ timestamp: seconds() + 330 }))).toBe('401 timestamp-refused');
  expect(await send(bodyOf({ event: 'no spaces' }))).toBe('422 invalid-input');
  expect(await send('[1]')).toBe('400 invalid-json');
  expect(await send('{')).toBe('400 invalid-json');
  expect(await send(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBe('400 invalid-json');
  expect(await send(bodyOf({ data: 'x'.repeat(64 * 1024) }))).toBe('413 too-large');
  expect(await readAllEvents('team-hooks', call)).toEqual([]);
  expect(await stored()).toHaveLength(before);

  expect(await Promise.all([send(body), send(body), send(body)])).toEqual(
    expect.arrayContaining(['202', '409 replayed', '409 replayed']),
  );
  expect(await send(bodyOf({ timestamp: new Date().toISOString() }))).toBe('202');
  expect(await readAllEvents('team-hooks', call)).toHaveLength(2);
});

test('a server that is unknown, deleted, or has no key looks the same; a new key voids the old one [K8]', async () => {
  const team = 'team-hooks-3';
  const { id } = await createServer(team, { name: 'Till', url, auth: { type: 'none' } });
  expect(await send(bodyOf(), { to: 'srv_unknown' })).toBe('404 not-found');
  expect(await send(bodyOf(), { to: id })).toBe('404 not-found');
  const first = (await makeHookKey(owner(team), id)).key;
  expect(await send(bodyOf(), { to: id, signedWith: first })).toBe('202');
  const second = (await makeHookKey(owner(team), id)).key;
  expect(await send(bodyOf(), { to: id, signedWith: first })).toBe('401 bad-signature');
  expect(await send(bodyOf(), { to: id, signedWith: second })).toBe('202');
  const [row] = await forTeam(team, (tx) => tx.select().from(mcpServers));
  const sealed = await forTeam(team, (tx) => tx.select().from(credentials));
  expect(sealed).toHaveLength(1);
  expect(JSON.stringify([row, sealed])).not.toContain(second);
  await expect(makeHookKey(owner('team-hooks'), id)).rejects.toMatchObject({ code: 'not-found' });
  await deleteServer(team, id);
  expect(await send(bodyOf(), { to: id, signedWith: second })).toBe('404 not-found');

  // For good: the key and what was sent go with the server.
  await connection().db.insert(organization).values({ id: team, name: 'Three', slug: team, createdAt: new Date() });
  const long = (year: number) => new Date(`${year}-01-01T00:00:00Z`);
  await forTeam(team, (tx) => tx.update(mcpServers).set({ deletedAt: long(2020) }));
  await sweepDeleted(long(2021));
  expect(await forTeam(team, (tx) => tx.select().from(credentials))).toEqual([]);
  expect(await stored(team)).toEqual([]);
});
