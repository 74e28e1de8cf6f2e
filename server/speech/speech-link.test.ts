import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import { SpeechLink } from '#src/server/speech/speech-link.ts';

/** A stand-in for the speech process, because only a stand-in breaks off after an exact number of bytes. */
type Script = (socket: WebSocket, connection: number) => (message: Record<string, unknown>) => void;

let server: WebSocketServer;
let link: SpeechLink;

afterEach(() => {
  link.close();
  server.close();
});

async function connect(script: Script): Promise<string[]> {
  const seen: string[] = [];
  let connections = 0;
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    connections += 1;
    const answer = script(socket, connections);
    socket.on('message', (data, isBinary) => {
      if (isBinary) {
        seen.push(`${connections}: audio ${byteLength(data)}`);
        return;
      }
      const message = JSON.parse(String(data));
      seen.push(`${connections}: ${message.type}`);
      answer(message);
    });
    socket.send(JSON.stringify({ type: 'open' }));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  link = new SpeechLink({ url: `http://127.0.0.1:${port}`, token: 't', grammar: grammarOfPhrases(['yes']) });
  await link.ready;
  return seen;
}

function byteLength(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.byteLength, 0) : data.byteLength;
}

const clip = Int16Array.from({ length: 900 }, (_, i) => i);

function sendClip(socket: WebSocket, id: unknown, samples: number): void {
  for (let at = 0; at < samples; at += 150) {
    const frame = Buffer.alloc(4 + 300);
    frame.writeUInt32BE(Number(id), 0);
    Buffer.from(clip.buffer, at * 2, 300).copy(frame, 4);
    socket.send(frame);
  }
}

test('speech that broke off goes on at the very sample', async () => {
  await connect((socket, connection) => (message) => {
    if (message.type !== 'synth') return;
    sendClip(socket, message.id, connection === 1 ? 450 : clip.length);
    if (connection === 1) socket.close();
    else socket.send(JSON.stringify({ type: 'synth-end', id: message.id }));
  });
  const heard: number[] = [];
  for await (const piece of link.synth('hello', 'slt')) heard.push(...piece);
  expect(heard).toEqual([...clip]);
});

test('an utterance in flight, its grammar and its question are sent again, in this order', async () => {
  const seen = await connect((socket, connection) => (message) => {
    if (message.type !== 'stop') return;
    if (connection === 1) socket.terminate();
    else
      socket.send(
        JSON.stringify({ type: 'heard', id: message.id, heard: { text: 'yes', confidence: 0.9, understood: true } }),
      );
  });
  link.start();
  link.audio(clip);
  expect(await link.stop()).toEqual({ text: 'yes', confidence: 0.9, understood: true });
  expect(seen.filter((line) => line.startsWith('2'))).toEqual(['2: grammar', '2: start', '2: audio 1800', '2: stop']);
});

test('audio outside of an utterance goes nowhere', async () => {
  const seen = await connect((socket) => (message) => {
    if (message.type === 'stop')
      socket.send(
        JSON.stringify({ type: 'heard', id: message.id, heard: { text: '', confidence: null, understood: false } }),
      );
  });
  link.audio(clip);
  link.start();
  await link.stop();
  link.audio(clip);
  expect(seen.some((line) => line.includes('audio'))).toBe(false);
});

test('what the process refuses comes by its own code, and one that never answers is down', async () => {
  await connect((socket) => (message) => {
    if (message.type === 'synth')
      socket.send(JSON.stringify({ type: 'failed', id: message.id, error: { code: 'unknown-voice', message: 'No.' } }));
  });
  await expect(link.synth('hello', 'siri').next()).rejects.toMatchObject({ code: 'unknown-voice' });
  await expect(link.setGrammar(grammarOfPhrases(['no']), 100)).rejects.toMatchObject({ code: 'speech-down' });
  link.start();
  await expect(link.stop(100)).rejects.toMatchObject({ code: 'speech-down' });
  expect((await link.peek()).understood).toBe(false);
});

test('speech that nobody waits for is cancelled', async () => {
  const seen = await connect((socket) => (message) => {
    if (message.type === 'synth') sendClip(socket, message.id, 450);
  });
  for await (const _ of link.synth('hello', 'slt')) break;
  const stop = new AbortController();
  for await (const _ of link.synth('hello', 'slt', { signal: stop.signal })) stop.abort();
  await expect.poll(() => seen.filter((line) => line === '1: cancel').length).toBe(2);
});

test('a grammar that an engine failed on is set again, one that is wrong is not', async () => {
  let tries = 0;
  await connect((socket) => (message) => {
    if (message.type !== 'grammar') return;
    tries += 1;
    const failed = {
      type: 'failed',
      id: message.id,
      error: { code: tries < 3 ? 'engine-failed' : 'bad-grammar', message: 'No.' },
    };
    socket.send(JSON.stringify(failed));
  });
  await expect.poll(() => tries, { timeout: 5_000 }).toBe(3);
  await expect(link.setGrammar(grammarOfPhrases(['no']))).rejects.toMatchObject({ code: 'bad-grammar' });
  expect(tries).toBe(4);
});
