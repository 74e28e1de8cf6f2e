import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RecognitionReport, recognitionReport } from '#src/server/speech/testing/recognition-report.ts';
import { type SpeechProcess, startSpeechProcess } from '#src/server/speech/testing/start-speech-process.ts';

let speech: SpeechProcess;
let report: RecognitionReport;

beforeAll(async () => {
  speech = await startSpeechProcess();
  // Every third sentence; `node server/speech/testing/measure.ts` takes all of them.
  report = await recognitionReport(speech, { every: 3 });
  console.info(report.lines.join('\n'));
}, 180_000);
afterAll(() => speech?.kill('SIGTERM'));

const unexpected = (kinds: string[]): string[] =>
  report.trials
    .filter(({ kind, heard }) => kinds.includes(kind) && heard.understood)
    .map(({ said, heard }) => `${said}: ${heard.text}`);

test('sentences of the grammar come back word for word and are understood, in four voices [B1]', () => {
  expect(report.exact).toBeGreaterThanOrEqual(0.9);
  expect(report.accepted).toBeGreaterThanOrEqual(0.95);
});

test('short answers are understood when they were asked for [B1]', () => {
  expect(report.answersAccepted).toBeGreaterThanOrEqual(0.85);
});

test('noise is not understood [B1]', () => {
  expect(report.noiseRejected, unexpected(['noise']).join('; ')).toBeGreaterThanOrEqual(0.95);
});

test('other words, and three voices at once, are not understood [B1]', () => {
  expect(report.otherRejected, unexpected(['other words', 'babble']).join('; ')).toBeGreaterThanOrEqual(0.8);
});
