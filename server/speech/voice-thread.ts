import v8 from 'node:v8';
import vm from 'node:vm';
import { workerData } from 'node:worker_threads';
import { answerQuestions } from '#src/server/speech/answer-questions.ts';
import { flitePhones, runFlite } from '#src/server/speech/flite.ts';
import { sampleRate } from '#src/server/speech/protocol.ts';
import { resample } from '#src/server/speech/resample.ts';
import { trimLeadingSilence } from '#src/server/speech/trim-silence.ts';

export type VoiceQuestion = { type: 'speak'; text: string; voice: string } | { type: 'phones'; word: string };
export type VoiceReply = { type: 'spoken'; pcm: Int16Array } | { type: 'phones'; phones: string[] };

const { module } = workerData as { module: WebAssembly.Module };

// Each sentence makes a WASM instance of its own; without a collection after it the process grows by half.
v8.setFlagsFromString('--expose-gc');
const collect: unknown = vm.runInNewContext('gc');

await runFlite(module, 'ready', 'slt');
answerQuestions(answer, () => {
  if (typeof collect === 'function') collect();
});

async function answer(question: VoiceQuestion): Promise<VoiceReply> {
  if (question.type === 'phones') return { type: 'phones', phones: await flitePhones(module, question.word) };
  const { rate, pcm } = await runFlite(module, question.text, question.voice);
  return { type: 'spoken', pcm: trimLeadingSilence(resample(pcm, rate, sampleRate), sampleRate) };
}
