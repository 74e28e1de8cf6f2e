import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { inspectorQuestions, toolCache, toolRuns } from '#src/server/db/schema.ts';
import { inspect } from '#src/server/mcp/inspect.ts';
import { answerQuestion, askThroughDatabase, type OpenQuestion } from '#src/server/mcp/inspect-questions.ts';
import { readOffers } from '#src/server/mcp/list-servers.ts';
import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer } from '#src/server/mcp/save-server.ts';
import { type EverythingServer, startEverything } from '#src/server/mcp/testing/everything-server.ts';
import { tryTool } from '#src/server/mcp/try-tool.ts';

const team = 'team-inspect';
let everything: EverythingServer;
let id = '';
beforeAll(async () => {
  everything = await startEverything('streamableHttp');
  ({ id } = await createServer(team, {
    name: 'Everything',
    url: everything.url,
    auth: { type: 'api-key', key: 'inspector-key-1' },
  }));
});
afterAll(async () => {
  await everything.stop();
  await closeConnection();
});

const call = (name: string, args: Record<string, unknown> = {}) =>
  ({ kind: 'call-tool', name, arguments: args }) as const;
const contentSchema = z.object({ content: z.array(z.looseObject({ type: z.string() })) });

test('lists tools, resources, templates and prompts of a real server [C6] [V4] [V16]', async () => {
  const { ok, result } = await inspect(team, id, { kind: 'list' });
  expect(ok).toBe(true);
  expect(result).toMatchObject({
    tools: expect.arrayContaining([expect.objectContaining({ name: 'echo' })]),
    resourceTemplates: expect.arrayContaining([expect.objectContaining({ uriTemplate: expect.any(String) })]),
    prompts: expect.arrayContaining([expect.objectContaining({ name: 'simple-prompt' })]),
  });
});

test('text, images, links and structured content come back verbatim [X4] [C6]', async () => {
  const types = async (name: string, args?: Record<string, unknown>) => {
    const { ok, result } = await inspect(team, id, call(name, args));
    expect(ok, name).toBe(true);
    return contentSchema.parse(result).content.map((part) => part.type);
  };
  expect(await types('echo', { message: 'hello' })).toEqual(['text']);
  expect(await types('get-tiny-image')).toContain('image');
  expect(await types('get-resource-links', { count: 2 })).toContain('resource_link');
  const { result } = await inspect(team, id, call('get-structured-content', { location: 'Chicago' }));
  expect(result).toMatchObject({ structuredContent: { temperature: expect.any(Number) } });
});

test('reads a resource and gets a prompt with arguments [C6] [V16]', async () => {
  const listed = await inspect(team, id, { kind: 'list' });
  const { resources } = z.object({ resources: z.array(z.object({ uri: z.string() })) }).parse(listed.result);
  const read = await inspect(team, id, { kind: 'read-resource', uri: resources[0]?.uri ?? '' });
  expect(read).toMatchObject({ ok: true, result: { contents: [expect.objectContaining({ uri: resources[0]?.uri })] } });
  const prompt = await inspect(team, id, { kind: 'get-prompt', name: 'args-prompt', arguments: { city: 'Rome' } });
  expect(prompt).toMatchObject({ ok: true });
  expect(JSON.stringify(prompt.result)).toContain('Rome');
});

test('tells progress, and its run counts [C6] [V8]', async () => {
  const seen: ToolProgress[] = [];
  const done = await inspect(team, id, call('trigger-long-running-operation', { duration: 0.4, steps: 4 }), {
    onProgress: (progress) => seen.push(progress),
  });
  expect(done.ok).toBe(true);
  // Throttled: the first, and the last.
  expect(seen.at(0)).toEqual({ progress: 1, total: 4 });
  expect(seen.at(-1)).toEqual({ progress: 4, total: 4 });
  const runs = await forTeam(team, (tx) =>
    tx.select().from(toolRuns).where(eq(toolRuns.tool, 'trigger-long-running-operation')),
  );
  expect(runs).toMatchObject([{ source: 'inspector', ok: true, serverId: id, ms: done.ms }]);
});

test('a long operation can be cancelled [C6]', async () => {
  const cancel = new AbortController();
  const from = performance.now();
  const done = await inspect(team, id, call('trigger-long-running-operation', { duration: 60, steps: 600 }), {
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  });
  expect(done).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(performance.now() - from).toBeLessThan(10_000);
});

test('a question of the server reaches a person, and the answer the server, through the database [C6] [V6]', async () => {
  const asked = Promise.withResolvers<OpenQuestion>();
  const running = inspect(team, id, call('trigger-elicitation-request'), {
    onQuestion: askThroughDatabase(team, id, asked.resolve),
  });
  const question = await asked.promise;
  expect(question).toMatchObject({ message: expect.any(String), schema: { type: 'object' } });
  // Nobody of another team, and nobody who names another server, answers it.
  const answer = { action: 'accept', content: { name: 'Ada' } } as const;
  await expect(answerQuestion('team-other', id, question.id, answer)).rejects.toMatchObject({ code: 'not-found' });
  await expect(answerQuestion(team, 'srv_other', question.id, answer)).rejects.toMatchObject({ code: 'not-found' });
  await answerQuestion(team, id, question.id, answer);
  const done = await running;
  expect(done.ok).toBe(true);
  expect(JSON.stringify(done.result)).toContain('Ada');
  expect(await forTeam(team, (tx) => tx.select().from(inspectorQuestions))).toEqual([]);
  await expect(answerQuestion(team, id, question.id, answer)).rejects.toMatchObject({ code: 'not-found' });
});

test('a request that is cancelled while a person is asked leaves no question open [C6]', async () => {
  const cancel = new AbortController();
  const done = await inspect(team, id, call('trigger-elicitation-request'), {
    signal: cancel.signal,
    onQuestion: askThroughDatabase(team, id, () => cancel.abort()),
  });
  expect(done).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  await expect.poll(() => forTeam(team, (tx) => tx.select().from(inspectorQuestions)), { timeout: 5_000 }).toEqual([]);
});

test('without a person a question is called off', async () => {
  const off = await inspect(team, id, call('trigger-elicitation-request'));
  expect(JSON.stringify(off.result)).toMatch(/cancel/i);
});

test('a failing tool and an unknown one are told apart from a broken server [V12]', async () => {
  expect(await inspect(team, id, call('echo', { message: 1 }))).toMatchObject({
    ok: false,
    error: { code: 'tool-error' },
  });
  expect(await inspect(team, id, { kind: 'read-resource', uri: 'no://such' })).toMatchObject({
    ok: false,
    error: { code: 'server-error' },
  });
  await expect(inspect('team-other', id, { kind: 'list' })).rejects.toMatchObject({ code: 'not-found' });
});

test('the last handshake keeps what a server offers, and a tool of its catalogue can be tried by name, with arguments that fit [C6] [V16] [K5]', async () => {
  expect((await runHandshake(team, id)).ok).toBe(true);
  const offers = await readOffers(team, id);
  expect([offers.resources.length, offers.resourceTemplates.length, offers.prompts.length]).toEqual([7, 2, 4]);
  expect(offers.prompts.find((prompt) => prompt.name === 'args-prompt')?.arguments).toMatchObject([
    { name: 'city', required: true },
    { name: 'state' },
  ]);
  expect(await tryTool(team, id, 'echo', { message: 'tried' })).toMatchObject({
    ok: true,
    content: [{ type: 'text' }],
  });
  const traffic: Exchange[] = [];
  const wrong = await inspect(team, id, call('echo', { message: 7 }), {
    checkArguments: (schema, args) => ({ ok: false, message: `${Object.keys(schema)} ${JSON.stringify(args)}` }),
    onExchange: (exchange) => traffic.push(exchange),
  });
  expect(wrong).toMatchObject({
    ok: false,
    error: { code: 'arguments-invalid', message: expect.stringMatching(/properties.*"message":7/) },
  });
  expect(traffic).toEqual([]);
  await expect(tryTool(team, id, 'no-such-tool', {})).rejects.toMatchObject({ code: 'not-found' });
});

test('what was kept of a server is forgotten when a tool of it is called by hand [K7]', async () => {
  const kept = (key: string, serverId: string) => ({
    teamId: team,
    key,
    serverId,
    result: {},
    expiresAt: new Date(Date.now() + 60_000),
  });
  await forTeam(team, (tx) => tx.insert(toolCache).values([kept('here', id), kept('elsewhere', 'srv_other')]));
  await inspect(team, id, call('echo', { message: 'changed' }));
  const left = await forTeam(team, (tx) => tx.select({ key: toolCache.key }).from(toolCache));
  expect(left).toEqual([{ key: 'elsewhere' }]);
});

test('the traffic is told as it passes, without the key [C6] [K13]', async () => {
  const traffic: Exchange[] = [];
  await inspect(team, id, call('echo', { message: 'my key is inspector-key-1' }), {
    onExchange: (e) => traffic.push(e),
  });
  expect(traffic.map((exchange) => exchange.rpc)).toEqual(
    expect.arrayContaining(['initialize', 'notifications/initialized', 'tools/call']),
  );
  const called = traffic.find((exchange) => exchange.rpc === 'tools/call');
  expect(called?.request.headers['x-api-key']).toBe('[hidden]');
  expect(called?.response).toMatchObject({ status: 200, body: expect.stringContaining('my key is [hidden]') });
  expect(JSON.stringify(traffic)).not.toContain('inspector-key-1');
});
