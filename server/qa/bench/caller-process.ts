import { dispose } from '@livekit/rtc-node';
import { z } from 'zod';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';

/** One caller in a process of its own: several in one would measure each other. Prints what it heard as one line of JSON. */
const task = z
  .object({
    url: z.string(),
    token: z.string(),
    lines: z.array(z.string()),
    speech: z.object({ url: z.string(), token: z.string() }),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
try {
  const { greetingMs, turns } = await runSyntheticCaller({
    ...task,
    goesOn: true,
    speak: (line) => speakLine(task.speech, line),
  });
  console.log(JSON.stringify({ greetingMs, voiceToVoiceMs: turns.map((turn) => turn.voiceToVoiceMs) }));
} catch (error) {
  console.log(JSON.stringify({ greetingMs: null, voiceToVoiceMs: [], error: String(error) }));
}
await dispose();
process.exit(0);
