import { setTimeout as sleep } from 'node:timers/promises';
import type { JobContext, VAD } from '@livekit/agents';
import { createEnding, endWithItsCarriers } from '#src/server/agent/call-ending.ts';
import { failureWords } from '#src/server/agent/failure-words.ts';
import { CallTaken, openCall } from '#src/server/agent/open-call.ts';
import { type CallEnding, finishCall } from '#src/server/calls/finish-call.ts';
import { type LoadedCall, loadCall } from '#src/server/calls/load-call.ts';
import { log } from '#src/server/log.ts';

/**
 * A call from the agent's join to its end. Whatever happens, the call is finished in row and log, its room deleted and
 * the process released.
 */
export async function answerCall(ctx: JobContext, callId: string, vad: { turn: VAD; hearing: VAD }): Promise<void> {
  const logger = log('agent').child({ callId });
  const connecting = ctx.connect();
  connecting.catch(() => {});
  const call = await loadCall(callId);
  const leave = async (status: string) => {
    logger.warn({ status }, 'call is not waiting for an agent');
    await connecting;
    ctx.shutdown('not waiting');
  };
  if (call.status !== 'placed') return leave(call.status);
  const ending = createEnding();
  endWithItsCarriers(ending, ctx.room);
  let close: () => Promise<void> = async () => {};
  const late: (() => Promise<void>)[] = [];
  try {
    close = await openCall({ ctx, connecting, call, vad, ending, afterEnd: (work) => late.push(work) });
  } catch (error) {
    if (error instanceof CallTaken) return leave('taken');
    const words = failureWords(error);
    logger.error({ code: words.code }, 'call could not be opened');
    ending.end({ status: 'failed', ...words });
  }
  const { ending: decided, hurry } = await ending.decided;
  logger.info({ status: decided.status, ...(decided.status === 'failed' ? { code: decided.code } : {}) }, 'call ends');
  if (hurry) await finish(call, decided);
  await close();
  if (!hurry) await finish(call, decided);
  for (const work of late) await work().catch(() => logger.warn('something was left to do after a call'));
  await ctx.deleteRoom(call.room);
  ctx.shutdown('call ended');
}

/** An end that could not be written for this long is left to those who look for calls without a process. */
const mostFinishMs = 60_000;

/** Tells row and log the end; the database may be away for a while. */
async function finish(call: LoadedCall, ending: CallEnding): Promise<void> {
  const until = performance.now() + mostFinishMs;
  while (performance.now() < until) {
    try {
      await finishCall(call.teamId, call.callId, ending);
      return;
    } catch {
      await sleep(500);
    }
  }
  log('agent').error({ callId: call.callId }, 'the end of a call could not be written');
}
