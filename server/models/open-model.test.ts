import { LLMock } from '@copilotkit/aimock';
import { Agent, type Model, Runner } from '@openai/agents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { compatibleModel } from '#src/server/models/open-model.ts';

const mock = new LLMock({ port: 0, logLevel: 'silent', auth: { apiKeys: ['team-one', 'team-two'] } });
const long = 'word '.repeat(40).trim();
let baseUrl: string;

beforeAll(async () => {
  mock.on({ userMessage: 'hello' }, { content: 'Hello yourself.' });
  mock.on({ userMessage: 'slow' }, { content: 'too late' }, { streamingProfile: { ttft: 12_000, tps: 50 } });
  mock.on(
    { userMessage: 'drop' },
    { content: long },
    { chunkSize: 5, streamingProfile: { ttft: 20, tps: 50 }, disconnectAfterMs: 200 },
  );
  mock.on({ userMessage: 'malformed' }, { content: 'x' }, { chaos: { malformedRate: 1 } });
  mock.on({ userMessage: 'busy' }, { error: { message: 'slow down' }, status: 429 });
  mock.on({ userMessage: 'broken' }, { error: { message: 'boom' }, status: 500 });
  baseUrl = `${await mock.start()}/v1`;
});
afterAll(() => mock.stop());

/** Runs one turn; answers the words, or the code of what was thrown. */
async function ask(model: Model, words: string, signal?: AbortSignal) {
  let text = '';
  try {
    const agent = new Agent({ name: 'a', model });
    const run = await new Runner({ tracingDisabled: true }).run(agent, words, {
      stream: true,
      ...(signal ? { signal } : {}),
    });
    for await (const event of run) {
      if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') text += event.data.delta;
    }
    await run.completed;
    return { text, code: null };
  } catch (error) {
    return { text, code: error instanceof Error && 'code' in error ? error.code : error };
  }
}

test('each team speaks with its own key [X8]', async () => {
  for (const key of ['team-one', 'team-two']) {
    expect(await ask(await compatibleModel({ baseUrl, key, model: 'm' }), 'hello')).toEqual({
      text: 'Hello yourself.',
      code: null,
    });
  }
  expect(await ask(await compatibleModel({ baseUrl, key: 'stolen', model: 'm' }), 'hello')).toMatchObject({
    code: 'provider-key-refused',
  });
});

test('a first word that does not come is an error in time, and is asked for once', async () => {
  const model = await compatibleModel({ baseUrl, key: 'team-one', model: 'm' });
  mock.clearRequests();
  const started = performance.now();
  expect(await ask(model, 'slow')).toEqual({ text: '', code: 'model-slow' });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(mock.getRequests()).toHaveLength(1);
}, 20_000);

test('an answer that breaks off keeps what was said and is an error', async () => {
  const { text, code } = await ask(await compatibleModel({ baseUrl, key: 'team-one', model: 'm' }), 'drop');
  expect(text.length).toBeGreaterThan(0);
  expect(code).toBe('provider-lost');
});

test.each([
  ['malformed', /model-empty|model-failed|provider-/],
  ['busy', /provider-busy/],
  ['broken', /provider-failed/],
])('%s: one request, one error by name', async (words, expected) => {
  mock.clearRequests();
  const { code } = await ask(await compatibleModel({ baseUrl, key: 'team-one', model: 'm' }), words);
  expect(String(code)).toMatch(expected);
  expect(mock.getRequests()).toHaveLength(1);
});

test('nobody listens: told as a lost connection, without a word of the address', async () => {
  const { code } = await ask(
    await compatibleModel({ baseUrl: `http://127.0.0.1:${await freePort()}/v1`, key: 'k', model: 'm' }),
    'hello',
  );
  expect(String(code)).toMatch(/connection-refused/);
});

test('an interruption stops the model at once', async () => {
  const stop = new AbortController();
  const asked = ask(await compatibleModel({ baseUrl, key: 'team-one', model: 'm' }), 'slow', stop.signal);
  const started = performance.now();
  setTimeout(() => stop.abort(), 100);
  expect((await asked).text).toBe('');
  expect(performance.now() - started).toBeLessThan(2_000);
});
