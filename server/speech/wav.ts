import { AppError } from '#src/lib/app-error.ts';

/** A WAV file of 16-bit mono PCM at `rate` Hz. */
export function encodeWav(pcm: Int16Array, rate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  return Buffer.concat([header, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)]);
}

/** Reads 16-bit PCM of any rate; several channels are mixed to one. Throws AppError `not-a-wav`. */
export function decodeWav(file: Buffer): { rate: number; pcm: Int16Array } {
  if (file.length < 44 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw notWav();
  let format: { channels: number; rate: number } | null = null;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ' && body.length >= 16) {
      if (body.readUInt16LE(14) !== 16) throw notWav();
      format = { channels: body.readUInt16LE(2), rate: body.readUInt32LE(4) };
    }
    if (name === 'data') {
      if (!format || format.channels < 1 || format.rate < 4_000 || format.rate > 192_000) throw notWav();
      return { rate: format.rate, pcm: mix(body, format.channels) };
    }
    at += 8 + size + (size % 2);
  }
  throw notWav();
}

function mix(body: Buffer, channels: number): Int16Array {
  const frames = Math.floor(body.length / 2 / channels);
  const pcm = new Int16Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += body.readInt16LE((frame * channels + channel) * 2);
    pcm[frame] = sum / channels;
  }
  return pcm;
}

function notWav(): AppError {
  return new AppError('not-a-wav', 'This is not a WAV file of 16-bit PCM.', { hint: 'Send 16-bit PCM in a WAV file.' });
}
