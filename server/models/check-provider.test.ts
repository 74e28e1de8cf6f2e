import { createServer, type Server } from 'node:http';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { checkProvider } from '#src/server/models/check-provider.ts';

const mock = new LLMock({ port: 0, logLevel: 'silent', auth: { apiKeys: ['good'] } });
let baseUrl: string;
let refuser: Server;
let refuserUrl: string;

beforeAll(async () => {
  mock.on({ model: 'able' }, { toolCalls: [{ name: 'ring_bell', arguments: '{"times":1}' }] });
  mock.on({ model: 'talker' }, { content: 'Ding dong!' });
  mock.onSpeech(/.*/, { audio: Buffer.alloc(4800).toString('base64'), format: 'pcm' });
  mock.onTranscription({ transcription: { text: 'beep' } });
  baseUrl = `${await mock.start()}/v1`;
  refuser = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const hasTools = body.includes('"tools"');
    response.writeHead(hasTools ? 400 : 200, { 'content-type': 'application/json' });
    const answer = {
      id: 'x',
      object: 'chat.completion',
      created: 0,
      model: 'm',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
    };
    response.end(JSON.stringify(hasTools ? { error: { message: 'm does not support tools' } } : answer));
  });
  await new Promise<void>((resolve) => refuser.listen(0, '127.0.0.1', resolve));
  const address = refuser.address();
  refuserUrl = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/v1`;
});
afterAll(async () => {
  await mock.stop();
  refuser.close();
});

const base = { key: 'good', part: 'thinking' as const };

test('a model that calls tools passes', async () => {
  expect(await checkProvider({ ...base, baseUrl, model: 'able' })).toMatchObject({ ok: true });
});

test('a model that only talks is refused by name [X9]', async () => {
  const { ok, error } = await checkProvider({ ...base, baseUrl, model: 'talker' });
  expect(ok).toBe(false);
  expect(error).toMatchObject({ code: 'model-without-tools', message: expect.stringContaining('talker') });
});

test('a server that refuses tools altogether is refused by name too [X9]', async () => {
  expect((await checkProvider({ ...base, baseUrl: refuserUrl, model: 'm' })).error?.code).toBe('model-without-tools');
});

test('a wrong key is told as one, and is nowhere in the answer', async () => {
  const { error } = await checkProvider({ ...base, key: 'sk-very-wrong', baseUrl, model: 'able' });
  expect(error?.code).toBe('provider-key-refused');
  expect(JSON.stringify(error)).not.toContain('sk-very-wrong');
});

test('nobody at the address', async () => {
  const { ok, error } = await checkProvider({
    ...base,
    baseUrl: `http://127.0.0.1:${await freePort()}/v1`,
    model: 'able',
  });
  expect(ok).toBe(false);
  expect(error?.code).toMatch(/connection-refused/);
  expect(error?.hint).toBeTruthy();
});

test('hearing and speaking are asked for something real', async () => {
  expect(await checkProvider({ baseUrl, key: 'good', model: 'whisper-1', part: 'hearing' })).toMatchObject({
    ok: true,
  });
  expect(await checkProvider({ baseUrl, key: 'good', model: 'tts-1', part: 'speaking', voice: 'alloy' })).toMatchObject(
    { ok: true },
  );
  expect((await checkProvider({ baseUrl, key: 'bad', model: 'tts-1', part: 'speaking' })).error?.code).toBe(
    'provider-key-refused',
  );
});
