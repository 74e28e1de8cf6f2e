import type { WebSocket } from 'ws';
import { z } from 'zod';
import { type AppError, isAppError } from '#src/lib/app-error.ts';
import { log } from '#src/server/log.ts';
import {
  closedBecauseFull,
  type FromProcess,
  sampleRate,
  type ToProcess,
  toProcessSchema,
} from '#src/server/speech/protocol.ts';
import type { Ear, RecogniserPool } from '#src/server/speech/recogniser-pool.ts';
import type { VoicePool } from '#src/server/speech/voice-pool.ts';

const logger = log('speech');
const pieceSamples = sampleRate / 50;

/** Serves one call's WebSocket from its opening to its end. */
export async function serveCall(socket: WebSocket, recognisers: RecogniserPool, voices: VoicePool): Promise<void> {
  const cancelled = new Set<number>();
  let ear: Ear | null = null;
  let closed = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    void ear?.close();
  });
  // In order of arrival, and nothing before the ear is there: a grammar is in force before the audio that follows it.
  const opening = recognisers.listen(() => socket.terminate());
  let line: Promise<void> = opening.then(
    () => {},
    () => {},
  );
  socket.on('message', (data: Buffer, isBinary) => {
    line = line.then(() => (ear ? take(ear, data, isBinary) : undefined)).catch((error) => fail(undefined, error));
  });
  try {
    ear = await opening;
  } catch (error) {
    fail(undefined, error);
    socket.close(closedBecauseFull, isAppError(error) ? error.code : 'speech-down');
    return;
  }
  if (closed) await ear.close();
  else send({ type: 'open' });

  async function take(listener: Ear, data: Buffer, isBinary: boolean): Promise<void> {
    if (isBinary) {
      const even = data.length - (data.length % 2);
      listener.audio(new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + even)));
      return;
    }
    const message = toProcessSchema.parse(JSON.parse(data.toString()));
    if (message.type === 'start') listener.start();
    else if (message.type === 'cancel') cancelled.add(message.id);
    else if (message.type === 'synth') void answer(message.id, () => speak(message));
    else if (message.type === 'grammar') {
      await answer(message.id, async () => {
        const { dropped } = await listener.setGrammar(message.grammar);
        send({ type: 'grammar-set', id: message.id, dropped });
      });
    } else {
      void answer(message.id, async () => {
        const heard = await (message.type === 'peek' ? listener.peek() : listener.stop());
        send({ type: 'heard', id: message.id, heard });
      });
    }
  }

  async function speak({ id, text, voice }: Extract<ToProcess, { type: 'synth' }>): Promise<void> {
    const pcm = await voices.speak(text, voice);
    for (let at = 0; at < pcm.length && !closed && !cancelled.has(id); at += pieceSamples) {
      const piece = pcm.subarray(at, at + pieceSamples);
      const frame = Buffer.allocUnsafe(4 + piece.byteLength);
      frame.writeUInt32BE(id, 0);
      Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).copy(frame, 4);
      socket.send(frame);
    }
    cancelled.delete(id);
    send({ type: 'synth-end', id });
  }

  async function answer(id: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      fail(id, error);
    }
  }

  function send(message: FromProcess): void {
    if (!closed) socket.send(JSON.stringify(message));
  }

  function fail(id: number | undefined, error: unknown): void {
    // What the engine says is about sounds and grammars of the operator; what the caller said is never in it.
    if (!isAppError(error)) logger.warn({ event: 'failed', reason: told(error).message });
    send({ type: 'failed', ...(id === undefined ? {} : { id }), error: told(error) });
  }
}

function told(error: unknown): Pick<AppError, 'code' | 'message'> {
  if (isAppError(error)) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message.slice(0, 300) : 'This was not understood.';
  return {
    code: error instanceof z.ZodError || error instanceof SyntaxError ? 'bad-message' : 'engine-failed',
    message,
  };
}
