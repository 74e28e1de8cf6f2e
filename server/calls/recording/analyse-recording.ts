import { LevelReader, type SoundLevels } from '#src/lib/latency/sound-levels.ts';
import { recordingRate } from '#src/server/calls/recording/call-recorder.ts';
import { wavHeaderBytes } from '#src/server/calls/recording/wav-file.ts';

const frameBytes = 4;

/** Reads a recording through once, in pieces as they come: how loud each side is, and how long it is. */
export async function analyseRecording(
  file: ReadableStream<Uint8Array>,
): Promise<{ levels: SoundLevels; durationMs: number }> {
  const reader = new LevelReader(recordingRate);
  let left = new Uint8Array(0);
  let skip = wavHeaderBytes;
  let frames = 0;
  for await (const piece of file) {
    const bytes = left.length > 0 ? Buffer.concat([left, piece]) : piece;
    const from = Math.min(skip, bytes.length);
    skip -= from;
    const whole = bytes.length - from - ((bytes.length - from) % frameBytes);
    // Copied: samples must lie on even places of a buffer of their own.
    reader.take(new Int16Array(new Uint8Array(bytes.subarray(from, from + whole)).buffer));
    frames += whole / frameBytes;
    left = new Uint8Array(bytes.subarray(from + whole));
  }
  return { levels: reader.levels(), durationMs: (frames / recordingRate) * 1000 };
}
