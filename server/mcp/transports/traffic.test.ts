import { afterAll, expect, test } from 'vitest';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';
import { secretHider } from '#src/server/mcp/transports/hide-secrets.ts';
import { recordedFetch } from '#src/server/mcp/transports/recorded-fetch.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';

const servers: Listening[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));
const listen = async (handler: Parameters<typeof listenOn>[0]) => {
  const server = await listenOn(handler);
  servers.push(server);
  return server.origin;
};

test('secrets are hidden in headers, addresses and bodies, also encoded [C5]', async () => {
  const secret = 'p@ss word/42';
  const origin = await listen((request, response) =>
    response
      .writeHead(200, { 'set-cookie': 'session=abc', 'x-echo': encodeURIComponent(secret) })
      .end(JSON.stringify({ access_token: 'fresh-token', you: secret, base64: btoa(secret), url: request.url })),
  );
  const traffic = recordTraffic({ secrets: [secret] });
  const response = await recordedFetch(fetch, traffic)(
    `${origin}/a?api_key=abc&q=${encodeURIComponent(secret)}&page=2`,
    {
      method: 'POST',
      headers: { authorization: 'Bearer xyz', 'x-api-key': 'abc', accept: 'application/json' },
      body: `grant_type=refresh_token&refresh_token=old-token&note=${encodeURIComponent(secret)}`,
    },
  );
  expect(JSON.stringify(await response.json())).toContain(secret); // who asked gets all of it
  const [exchange] = traffic.since(0);
  expect(exchange).toMatchObject({
    rpc: null,
    request: {
      url: `${origin}/a?api_key=[hidden]&q=[hidden]&page=2`,
      headers: { authorization: '[hidden]', 'x-api-key': '[hidden]', accept: 'application/json' },
      body: 'grant_type=refresh_token&refresh_token=[hidden]&note=[hidden]',
    },
    response: { status: 200, headers: { 'set-cookie': '[hidden]', 'x-echo': '[hidden]' } },
  });
  for (const word of [secret, encodeURIComponent(secret), btoa(secret), 'fresh-token', 'old-token', 'Bearer xyz'])
    expect(JSON.stringify(exchange)).not.toContain(word);
});

test('a tool may have an argument named code: fields are hidden outside of JSON-RPC only', () => {
  const hider = secretHider();
  expect(hider.body('{"code":"SUMMER"}', true)).toBe('{"code":"SUMMER"}');
  expect(hider.body('{"code":"SUMMER"}', false)).toBe('{"code":"[hidden]"}');
  expect(hider.body('{"client_secret":"a \\"quoted\\" one","x":1}', false)).toBe('{"client_secret":"[hidden]","x":1}');
});

test('a stream is recorded as it passes, and is not held back [C6]', async () => {
  let finish = () => {};
  const origin = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
    finish = () => response.end('data: last\n\n');
  });
  const ended: string[] = [];
  const traffic = recordTraffic({ onExchange: (exchange) => ended.push(exchange.response?.body ?? '') });
  const response = await recordedFetch(fetch, traffic)(origin);
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: first\n\n');
  expect(traffic.since(0)[0]).toMatchObject({ ms: null, response: { body: 'data: first\n\n' } });
  expect(ended).toEqual([]);
  finish();
  while (!(await reader?.read())?.done);
  expect(ended).toEqual(['data: first\n\ndata: last\n\n']);
});

test('a body is cut at 64 KB and its whole length told; a secret on the cut does not get through', async () => {
  const secret = 'sk-0123456789abcdef';
  const text = `${'x'.repeat(64 * 1024 - 10)}${secret}${'y'.repeat(300_000)}\0`;
  const origin = await listen((_, response) => response.end(text));
  const traffic = recordTraffic({ secrets: [secret] });
  expect(await (await recordedFetch(fetch, traffic)(origin)).text()).toBe(text);
  const [exchange] = traffic.since(0);
  expect(exchange?.response?.bytes).toBe(text.length);
  expect(exchange?.response?.body.length).toBe(64 * 1024);
  expect(exchange?.response?.body).not.toContain('sk-0');
});

test('what the network said stands in place of an answer', async () => {
  const traffic = recordTraffic();
  await expect(recordedFetch(fetch, traffic)('http://127.0.0.1:9/')).rejects.toThrow();
  expect(traffic.since(0)).toMatchObject([{ response: null, error: expect.stringContaining('fetch failed') }]);
  expect(traffic.since(0)[0]?.ms).not.toBeNull();
});
