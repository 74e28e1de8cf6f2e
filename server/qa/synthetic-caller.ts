import { setTimeout as sleep } from 'node:timers/promises';
import { dispose } from '@livekit/rtc-node';
import { isAppError } from '#src/lib/app-error.ts';
import { callerToken, sendControl } from '#src/server/calls/livekit.ts';
import { loadCall } from '#src/server/calls/load-call.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import { log } from '#src/server/log.ts';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';

/** A caller made of lines, a process a call: `node server/qa/synthetic-caller.ts CALL_ID`. Ends by itself, always. */
const callId = process.argv[2];
if (!callId) {
  console.error('Usage: node server/qa/synthetic-caller.ts CALL_ID');
  process.exit(2);
}
const logger = log('synthetic-caller').child({ callId });
const mostMs = 15 * 60_000;
setTimeout(() => process.exit(3), mostMs).unref();

const call = await loadCall(callId);
const { livekit, speechUrl, speechToken } = config();
let failed = false;
try {
  const { turns } = await runSyntheticCaller({
    url: livekit.url,
    token: await callerToken(call.room, call.callerName),
    lines: call.say ?? [],
    speak: (line) => speakLine({ url: speechUrl, token: speechToken }, line),
    signal: AbortSignal.timeout(mostMs - 10_000),
  });
  logger.info({ turns: turns.length }, 'synthetic caller is done');
} catch (error) {
  failed = true;
  logger.warn({ code: isAppError(error) ? error.code : 'caller-failed' }, 'synthetic caller gave up');
}
// Whoever says all lines hangs up; a room that is gone already needs no word.
await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
await connection().sql.end({ timeout: 1 });
await Promise.race([dispose(), sleep(1_000)]);
process.exit(failed ? 1 : 0);
