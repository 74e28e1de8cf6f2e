import { afterAll, beforeAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { savedViewSchema } from '#src/lib/calls/saved-view.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { Role } from '#src/lib/teams/rights.ts';
import { may, roleSchema } from '#src/lib/teams/rights.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { endpoints } from '#src/server/api/table.ts';
import { createAssistant } from '#src/server/assistants/write-assistants.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls, followUps, savedViews, serverTools, toolDefinitions } from '#src/server/db/schema.ts';
import { createServer } from '#src/server/mcp/save-server.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';

afterAll(closeConnection);

const tokens = new Map<string, string>();
const theirs = { server: '', assistant: '', call: newId('call'), followUp: 'fu_theirs', view: newId('view') };

const ask = (method: string, path: string, token?: string, body?: unknown) =>
  dispatch(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );

beforeAll(async () => {
  for (const role of roleSchema.options) {
    const made = await createApiToken(
      { teamId: 'team-ours', role: 'owner', name: 'test', userId: null },
      { name: role, role },
    );
    tokens.set(role, made.token);
  }
  const server = await createServer('team-theirs', {
    name: 'Theirs',
    transport: 'streamable-http',
    url: 'https://their.example/mcp',
    auth: { type: 'bearer', key: 'their-secret-key' },
    phase: 'live',
    toolsFilter: [],
  });
  theirs.server = server.id;
  theirs.assistant = (await createAssistant('team-theirs', { name: 'Theirs' })).id;
  await forTeam('team-theirs', async (tx) => {
    await tx
      .insert(toolDefinitions)
      .values({ teamId: 'team-theirs', hash: 'h', definition: { name: 'tool', inputSchema: {} } });
    await tx.insert(serverTools).values({
      teamId: 'team-theirs',
      serverId: server.id,
      name: 'tool',
      hash: 'h',
      policy: newToolPolicy,
      position: 0,
    });
    await tx.insert(calls).values({
      id: theirs.call,
      teamId: 'team-theirs',
      assistantId: theirs.assistant,
      assistantName: 'Theirs',
      frozen: {
        assistantId: theirs.assistant,
        version: null,
        config: assistantConfigSchema.parse({ name: 'T' }),
        servers: [],
        providers: [],
      },
      room: theirs.call,
      status: 'live',
      callerKind: 'member',
      callerName: 'Them',
    });
    await tx.insert(savedViews).values({ id: theirs.view, teamId: 'team-theirs', name: 'Theirs', query: 'flag=any' });
    await tx
      .insert(followUps)
      .values({ id: theirs.followUp, teamId: 'team-theirs', callId: theirs.call, reason: 'tool-failed' });
  });
});

/** A body that passes the schema, so that only the id is wrong. */
const bodies: Record<string, unknown> = {
  '/mcp-servers/{id}': { name: 'New name' },
  '/assistants/{id}': { instructions: 'Say nothing.' },
  '/views/{id}': { name: 'New name' },
  '/calls/{id}/text': { text: 'hello' },
  '/calls/{id}/whisper': { text: 'hello' },
  '/calls/{id}/approvals/{toolCallId}': { approved: true },
  '/calls/{id}/labels': { label: 'to look at' },
  '/calls/{id}/comments': { text: 'Here.' },
  '/calls/{id}/comments/{commentId}': { text: 'There.' },
  '/mcp-servers/{id}/approve': { tool: 'tool', hash: 'h' },
  '/mcp-servers/{id}/inspect': { kind: 'list' },
  '/mcp-servers/{id}/questions/{questionId}': { action: 'decline' },
  '/calls/{id}/questions/{questionId}': { action: 'decline' },
};

test('every route answers an id of another team as one that does not exist [V6]', async () => {
  const withIds = endpoints.filter((endpoint) => endpoint.path.includes('{id}'));
  expect(withIds.length).toBeGreaterThan(15);
  for (const { method, path } of withIds) {
    const kind = path.startsWith('/mcp')
      ? 'server'
      : path.startsWith('/assistants')
        ? 'assistant'
        : path.startsWith('/follow-ups')
          ? 'followUp'
          : path.startsWith('/views')
            ? 'view'
            : 'call';
    const at = path.replace('{id}', theirs[kind]).replace('{tool}', 'tool');
    const response = await ask(method, at, tokens.get('owner'), method === 'GET' ? undefined : (bodies[path] ?? {}));
    const text = await response.text();
    expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 404`);
    expect(JSON.parse(text)).toMatchObject({ code: 'not-found' });
    expect(text).not.toContain('Theirs');
  }
  const placed = await ask('POST', '/calls', tokens.get('owner'), { assistantId: theirs.assistant });
  expect(placed.status).toBe(404);
});

test('a view of the list of calls is kept, renamed and deleted [B12]', async () => {
  const owner = tokens.get('owner');
  const json = async (response: Response): Promise<unknown> => response.json();
  const made = await ask('POST', '/views', owner, { name: 'To look at', query: 'flag=any&color=red' });
  expect(made.status).toBe(201);
  const view = savedViewSchema.parse(await json(made));
  expect(view).toMatchObject({ name: 'To look at', query: 'flag=any' });
  expect(await json(await ask('PATCH', `/views/${view.id}`, owner, { name: 'Flagged' }))).toMatchObject({
    name: 'Flagged',
  });
  expect(await json(await ask('GET', '/views', owner))).toEqual({ items: [{ ...view, name: 'Flagged' }] });
  expect(await json(await ask('DELETE', `/views/${view.id}`, owner))).toEqual({ ...view, name: 'Flagged' });
  expect(await json(await ask('GET', '/views', owner))).toEqual({ items: [] });
});

test('every route but the open ones asks who it is, and every role gets what its rights say', async () => {
  for (const { method, path, action } of endpoints) {
    if (action === null) continue;
    const at = path.replace(/\{\w+\}/g, 'x');
    expect((await ask(method, at)).status, `${method} ${path}`).toBe(401);
    expect((await ask(method, at, 'pb_wrong')).status, `${method} ${path}`).toBe(401);
    for (const role of ['reviewer', 'tester', 'builder'] satisfies Role[]) {
      if (may(role, action)) continue;
      const answer = await ask(method, at, tokens.get(role), method === 'GET' ? undefined : {});
      expect(answer.status, `${role} ${method} ${path}`).toBe(403);
    }
  }
});

test('adds, shows, changes and deletes a server without ever showing its key [C4] [K3]', async () => {
  const token = tokens.get('owner');
  const made = await ask('POST', '/mcp-servers', token, {
    name: 'Shop',
    url: 'https://shop.example/mcp',
    auth: { type: 'api-key', key: '  "abc 123"  ' },
  });
  expect(made.status).toBe(422); // a blank inside is no paste accident
  const good = await ask('POST', '/mcp-servers', token, {
    name: 'Shop',
    url: 'https://shop.example/mcp',
    auth: { type: 'api-key', key: '\t"abc-123-key"\n' },
  });
  expect(good.status).toBe(201);
  const text = await good.text();
  const server: { id: string } = JSON.parse(text);
  expect(JSON.parse(text)).toMatchObject({ auth: { type: 'api-key', name: 'x-api-key', hasKey: true } });
  const listed = await (await ask('GET', '/mcp-servers', token)).text();
  expect(text + listed).not.toContain('abc-123-key');
  expect((await ask('PATCH', `/mcp-servers/${server.id}`, token, { name: 'Shop 2' })).status).toBe(200);
  // A stored key never follows to another host.
  const moved = await ask('PATCH', `/mcp-servers/${server.id}`, token, { url: 'https://evil.example/mcp' });
  expect(await moved.json()).toMatchObject({ code: 'key-missing' });
  expect((await ask('DELETE', `/mcp-servers/${server.id}`, token)).status).toBe(200);
  expect((await ask('GET', `/mcp-servers/${server.id}`, token)).status).toBe(404);
  expect((await ask('POST', `/mcp-servers/${server.id}/restore`, token)).status).toBe(200);
});

test('makes, changes and publishes an assistant; a patch leaves the rest [C1]', async () => {
  const token = tokens.get('builder');
  const made = await ask('POST', '/assistants', token, {
    name: 'Ada',
    greeting: 'Hi',
    rehearsalPhrases: ['how are you'],
  });
  const { id } = await made.json();
  const patched = await (await ask('PATCH', `/assistants/${id}`, token, { instructions: 'Be kind.' })).json();
  expect(patched).toMatchObject({
    changed: true,
    draft: { greeting: 'Hi', rehearsalPhrases: ['how are you'], instructions: 'Be kind.' },
  });
  expect(await (await ask('POST', `/assistants/${id}/publish`, token)).json()).toMatchObject({
    publishedVersion: 1,
    changed: false,
  });
  expect((await ask('DELETE', `/assistants/${id}`, token)).status).toBe(204);
});

test('the place of a member in a call is theirs alone', async () => {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'T' });
  await forTeam('team-ours', (tx) =>
    tx.insert(calls).values({
      id,
      teamId: 'team-ours',
      assistantId: 'asst_x',
      assistantName: 'T',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'live',
      callerKind: 'member',
      callerName: 'Ada',
      callerUserId: 'user-ada',
    }),
  );
  const taken = await ask('POST', `/calls/${id}/join`, tokens.get('owner'));
  expect(taken.status).toBe(403);
  expect(await taken.json()).toMatchObject({ code: 'not-your-call' });
});

test('what is wrong with a request is said as a problem document', async () => {
  const token = tokens.get('owner');
  const wrong = await ask('POST', '/assistants', token, { name: '' });
  expect(wrong.headers.get('content-type')).toBe('application/problem+json');
  expect(await wrong.json()).toMatchObject({
    status: 422,
    code: 'invalid-input',
    title: 'name: Give the assistant a name.',
  });
  expect((await ask('GET', '/nothing', token)).status).toBe(404);
  expect((await ask('DELETE', '/calls', token)).status).toBe(405);
  const broken = await dispatch(
    new Request('http://localhost/api/v1/assistants', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: '{',
    }),
  );
  expect(await broken.json()).toMatchObject({ code: 'invalid-json' });
});

test('the OpenAPI document names every route [B12]', async () => {
  const document = await (await ask('GET', '/openapi.json')).json();
  for (const { method, path } of endpoints) expect(document.paths[path], path).toHaveProperty(method.toLowerCase());
});
