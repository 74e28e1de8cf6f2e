import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';

export const wavHeaderBytes = 44;
export type WavShape = { rate: number; channels: number };

/** The header of 16-bit PCM with `dataBytes` behind it. */
export function wavHeader({ rate, channels }: WavShape, dataBytes: number): Buffer {
  const header = Buffer.alloc(wavHeaderBytes);
  header.write('RIFF', 0);
  header.writeUInt32LE(Math.min(0xffffffff, 36 + dataBytes), 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(Math.min(0xffffffff, dataBytes), 40);
  return header;
}

/**
 * A WAV file that grows. With every piece its header is made true again, so that it plays whenever its writer dies; a piece
 * that was cut off behind the header's word is simply not played.
 */
export class WavFile {
  readonly #file: FileHandle;
  readonly #shape: WavShape;
  #dataBytes = 0;

  private constructor(file: FileHandle, shape: WavShape) {
    this.#file = file;
    this.#shape = shape;
  }

  static async create(name: string, shape: WavShape): Promise<WavFile> {
    await mkdir(path.dirname(name), { recursive: true, mode: 0o700 });
    const file = await open(name, 'w', 0o600);
    const wav = new WavFile(file, shape);
    await file.write(wavHeader(shape, 0), 0, wavHeaderBytes, 0);
    return wav;
  }

  get bytes(): number {
    return wavHeaderBytes + this.#dataBytes;
  }

  async append(pcm: Int16Array): Promise<void> {
    const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    await this.#file.write(bytes, 0, bytes.length, wavHeaderBytes + this.#dataBytes);
    this.#dataBytes += bytes.length;
    await this.#file.write(wavHeader(this.#shape, this.#dataBytes), 0, wavHeaderBytes, 0);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Makes the header of a file true whose writer died between a piece and its header. Half a sample at the end is cut off. */
export async function mendWav(name: string, shape: WavShape): Promise<void> {
  const file = await open(name, 'r+');
  try {
    const { size } = await file.stat();
    const frameBytes = shape.channels * 2;
    const dataBytes = Math.max(0, Math.floor((size - wavHeaderBytes) / frameBytes) * frameBytes);
    await file.truncate(wavHeaderBytes + dataBytes);
    await file.write(wavHeader(shape, dataBytes), 0, wavHeaderBytes, 0);
  } finally {
    await file.close();
  }
}
