import { setFlagsFromString } from 'node:v8';
import { z } from 'zod';
import { startSpeechServer } from '#src/server/speech/speech-server.ts';

// V8 ends the process ("jit_page_->allocations_.erase(addr) == 1") when threads that share a module collect its code.
// Without a second tier little is replaced, without collection nothing is freed; the voices were measured to be as fast.
// https://github.com/nodejs/node/issues/64500
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-code-gc');

/** The speech process: `node --optimize-for-size server/speech/main.ts`. It needs no database, so it reads only these. */
const environment = z.object({
  SPEECH_PORT: z.coerce.number().int().min(0).max(65_535),
  SPEECH_TOKEN: z.string().min(1),
  PATCHBAY_SPEECH_CALLS: z.coerce.number().int().min(1).max(64).default(8),
  PATCHBAY_SPEECH_VOICES: z.coerce.number().int().min(1).max(16).default(2),
});

// The recogniser's engine throws on any signal that it does not know; ends are immediate, nothing is kept here. Not by
// `process.exit`: it waits for the engine's threads, and one that compiles WebAssembly may never answer.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.kill(process.pid, 'SIGKILL'));

const asked = environment.safeParse(process.env);
if (!asked.success) {
  console.error(
    `The speech process cannot start: ${asked.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}.`,
  );
  process.exit(1);
}
const server = await startSpeechServer({
  port: asked.data.SPEECH_PORT,
  token: asked.data.SPEECH_TOKEN,
  maxCalls: asked.data.PATCHBAY_SPEECH_CALLS,
  voiceThreads: asked.data.PATCHBAY_SPEECH_VOICES,
});
console.log(JSON.stringify({ component: 'speech', event: 'listening', url: server.url, pid: process.pid }));
