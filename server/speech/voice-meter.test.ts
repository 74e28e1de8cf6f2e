import { expect, test } from 'vitest';
import { rehearsalVoices } from '#src/lib/assistants/assistant-config.ts';
import { compileFlite, runFlite } from '#src/server/speech/flite.ts';
import { sampleRate } from '#src/server/speech/protocol.ts';
import { resample } from '#src/server/speech/resample.ts';
import { noises } from '#src/server/speech/testing/noises.ts';
import { VoiceMeter } from '#src/server/speech/voice-meter.ts';

function hasVoice(pcm: Int16Array): boolean {
  const meter = new VoiceMeter();
  for (let at = 0; at < pcm.length; at += 500) meter.add(pcm.subarray(at, at + 500));
  return meter.hasVoice();
}

test.each(rehearsalVoices)('the shortest words of voice %s have a voice', async (voice) => {
  const flite = await compileFlite();
  for (const word of ['yes', 'no', 'stop', 'help', 'six', 'hi', 'it', 'two']) {
    const { rate, pcm } = await runFlite(flite, word, voice);
    expect(hasVoice(resample(pcm, rate, sampleRate)), word).toBe(true);
  }
});

test('noise, hum, tones, knocks and silence have none', () => {
  const mistaken = noises().filter(({ name, pcm }) => !/humming|sweep/.test(name) && hasVoice(pcm));
  expect(mistaken.map(({ name }) => name)).toEqual([]);
  expect(hasVoice(new Int16Array(sampleRate))).toBe(false);
  expect(hasVoice(new Int16Array(0))).toBe(false);
});
