import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { providerSpeech, providerTranscript } from '#src/server/models/compatible-speech.ts';

let stop: (() => void) | null = null;
afterEach(() => stop?.());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/v1`;
}

const provider = (baseUrl: string) => ({ baseUrl, key: 'secret-key', model: 'tts', voice: 'alloy' });

test('speech leaves as it arrives, and its tail is not lost', async () => {
  const release = Promise.withResolvers<void>();
  const baseUrl = await serve((_request, response) => {
    response.write(Buffer.alloc(961));
    void release.promise.then(() => response.end(Buffer.alloc(1_001)));
  });
  const lengths: number[] = [];
  for await (const piece of providerSpeech(provider(baseUrl), 'Hello.')) {
    lengths.push(piece.length);
    release.resolve();
  }
  expect(lengths[0]).toBe(480);
  expect(lengths.reduce((a, b) => a + b)).toBe((961 + 1_001) / 2);
});

test('a provider that says nothing is told by name', async () => {
  const baseUrl = await serve((_request, response) => response.end());
  await expect(Array.fromAsync(providerSpeech(provider(baseUrl), 'Hello.'))).rejects.toMatchObject({
    code: 'speech-empty',
  });
});

test('a provider that stands still is not waited for', async () => {
  const baseUrl = await serve((_request, response) => response.write(Buffer.alloc(960)));
  await expect(Array.fromAsync(providerSpeech(provider(baseUrl), 'Hello.', { stallMs: 100 }))).rejects.toMatchObject({
    code: 'provider-slow',
  });
});

test('what a provider refuses carries its words but not our key', async () => {
  const baseUrl = await serve((_request, response) => response.writeHead(401).end('bad key secret-key'));
  await expect(Array.fromAsync(providerSpeech(provider(baseUrl), 'Hello.'))).rejects.toMatchObject({
    code: 'provider-key-refused',
    raw: 'bad key [key]',
  });
});

test('an interruption ends it without an error', async () => {
  const baseUrl = await serve((_request, response) => response.write(Buffer.alloc(9_600)));
  const stopped = new AbortController();
  let pieces = 0;
  for await (const _piece of providerSpeech(provider(baseUrl), 'Hello.', { signal: stopped.signal }))
    if (++pieces === 3) stopped.abort();
  expect(pieces).toBeGreaterThanOrEqual(3);
});

test('a transcript is heard; anything else is refused by name', async () => {
  const good = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":" hello "}'),
  );
  expect(await providerTranscript(provider(good), Buffer.alloc(44))).toBe('hello');
  stop?.();
  const odd = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]'),
  );
  await expect(providerTranscript(provider(odd), Buffer.alloc(44))).rejects.toMatchObject({ code: 'provider-refused' });
});
