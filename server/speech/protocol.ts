import { z } from 'zod';
import { grammarSchema } from '#src/lib/speech/grammar.ts';
import { heardSchema } from '#src/server/speech/heard.ts';

/**
 * The messages between one call and the speech process, over one WebSocket at `callPath`. JSON as text frames.
 * Binary frames to the process: 16-bit little-endian mono PCM at `sampleRate`, the current utterance.
 * Binary frames from it: a 32-bit big-endian request id, then PCM of the same kind.
 */
export const callPath = '/call';
export const sampleRate = 16_000;
/** Close code of a refusal: the process has no place for another call. */
export const closedBecauseFull = 4429;

const id = z.number().int().positive().max(0xffff_ffff);

export const toProcessSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('grammar'), id, grammar: grammarSchema }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('peek'), id }),
  z.object({ type: z.literal('stop'), id }),
  z.object({ type: z.literal('synth'), id, text: z.string().max(4_000), voice: z.string().max(40) }),
  z.object({ type: z.literal('cancel'), id }),
]);
export type ToProcess = z.infer<typeof toProcessSchema>;

const failure = z.object({ code: z.string(), message: z.string() });

export const fromProcessSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open') }),
  /** `dropped`: words nobody knows how to pronounce; sentences with them are not listened for. */
  z.object({ type: z.literal('grammar-set'), id, dropped: z.array(z.string()) }),
  z.object({ type: z.literal('heard'), id, heard: heardSchema }),
  z.object({ type: z.literal('synth-end'), id }),
  /** Without `id`: the message was not understood at all. */
  z.object({ type: z.literal('failed'), id: id.optional(), error: failure }),
]);
export type FromProcess = z.infer<typeof fromProcessSchema>;
