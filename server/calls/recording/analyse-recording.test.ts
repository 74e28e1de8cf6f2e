import { expect, test } from 'vitest';
import { analyseRecording } from '#src/server/calls/recording/analyse-recording.ts';
import { wavHeader } from '#src/server/calls/recording/wav-file.ts';

test('a recording is read the same in pieces of any length, header and halves of samples between them', async () => {
  const pcm = Int16Array.from({ length: 2 * 16 * 500 }, (_, i) => (i % 2 === 0 ? i % 3_000 : -(i % 5_000)));
  const data = Buffer.from(pcm.buffer);
  const file = Buffer.concat([wavHeader({ rate: 16_000, channels: 2 }, data.length), data]);
  const read = (piece: number) =>
    analyseRecording(
      new ReadableStream({
        start(out) {
          for (let at = 0; at < file.length; at += piece) out.enqueue(file.subarray(at, at + piece));
          out.close();
        },
      }),
    );
  const whole = await read(file.length);
  expect(whole.durationMs).toBe(500);
  expect(whole.levels.caller[0]).toBe(158);
  expect(whole.levels.agent[0]).toBe(159);
  for (const piece of [1, 3, 7, 44, 1_001, 4_096]) expect(await read(piece)).toEqual(whole);
});
