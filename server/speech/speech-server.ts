import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { type Grammar, grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import { serveCall } from '#src/server/speech/call-socket.ts';
import { answerJson, serveOpenai } from '#src/server/speech/openai-routes.ts';
import { callPath } from '#src/server/speech/protocol.ts';
import { RecogniserPool } from '#src/server/speech/recogniser-pool.ts';
import { VoicePool } from '#src/server/speech/voice-pool.ts';

export type SpeechServerOptions = {
  /** 0: any free one. Always on loopback. */
  port: number;
  /** What every request but `/health` must carry as a bearer token. */
  token: string;
  /** How many calls are listened to at once; the next one is refused with `speech-full`. */
  maxCalls: number;
  voiceThreads?: number;
  /** What `/v1/audio/transcriptions` listens for when the request brings no grammar. */
  defaultGrammar?: Grammar;
};

export type SpeechServer = { url: string; close(): Promise<void> };

/** Starts the voices and recognisers and serves them. Resolves when the first call can be taken. */
export async function startSpeechServer(options: SpeechServerOptions): Promise<SpeechServer> {
  const voices = await VoicePool.open(options.voiceThreads ?? 2);
  const recognisers = await RecogniserPool.open(voices, options.maxCalls);
  const grammar = options.defaultGrammar ?? grammarOfPhrases(['yes', 'no', 'hello', 'thank you', 'goodbye', 'help']);
  const welcome = doorkeeper(options.token);

  const server = http.createServer((request, response) => {
    if (request.url === '/health')
      answerJson(response, 200, { status: 'ok', calls: recognisers.calls, maxCalls: options.maxCalls });
    else if (!welcome(request.headers.authorization))
      answerJson(response, 401, { error: { code: 'unauthorised', message: 'The token is missing or wrong.' } });
    else void serveOpenai(request, response, { voices, recognisers, grammar });
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 4_000_000 });
  server.on('upgrade', (request, stream: Socket, head) => {
    stream.on('error', () => {});
    if (!welcome(request.headers.authorization)) stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    else if (request.url !== callPath) stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    else {
      stream.setNoDelay(true);
      sockets.handleUpgrade(request, stream, head, (socket) => void serveCall(socket, recognisers, voices));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([voices.end(), recognisers.end()]);
    },
  };
}

function doorkeeper(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected);
}
