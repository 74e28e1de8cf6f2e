import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, callWithDeadline } from '#src/server/tools/call-with-deadline.ts';
import { idempotencyKey } from '#src/server/tools/idempotency-key.ts';
import { judgeFailure } from '#src/server/tools/judge-failure.ts';
import { tellProgress } from '#src/server/tools/tell-progress.ts';
import { leftMs, type ReadyStep } from '#src/server/tools/tool-step.ts';
import { noteTime } from '#src/server/tools/tool-times.ts';

export type Attempts = {
  last: Attempt;
  attempts: number;
  /** Of a write: a try that failed may have been done all the same. */
  mayBeDone: boolean;
};

const firstPauseMs = 100;
const mostPauseMs = 2_000;

/**
 * Sends a write, once. What left cannot be called back: its outcome is awaited even when the caller goes on talking. Only where the
 * server promises that the same request twice is one, and the operator allows it, a lost one is sent again, with the same key.
 */
export async function attemptWrite(step: ReadyStep): Promise<Attempts> {
  const key = idempotencyKey(step);
  let fresh = false;
  let mayBeDone = false;
  for (let attempts = 1; ; attempts++) {
    const last = await send(step, { fresh, signal: null, key });
    if (last.ok) return { last, attempts, mayBeDone };
    const { hadNoEffect, serverTrouble, sessionLost } = judgeFailure(last.error, last.timedOut);
    mayBeDone ||= last.sent && !hadNoEffect;
    const over = last.timedOut || key === null || !serverTrouble || attempts > step.tool.policy.retries;
    if (over || !(await pauseWithin(step, attempts, null))) return { last, attempts, mayBeDone };
    fresh = sessionLost;
  }
}

/**
 * Sends a read, and again as often as the operator allows: after failures that are the server's, within the tool's time, with
 * longer and longer pauses. A session that broke meanwhile is no failure of the server: that is tried again at once, always.
 */
export async function attemptRead(step: ReadyStep): Promise<Attempts> {
  const { signal } = step.request;
  let fresh = false;
  for (let attempts = 1; ; attempts++) {
    const last = await send(step, { fresh, signal, key: null });
    const done = { last, attempts, mayBeDone: false };
    if (last.ok || last.timedOut || last.interrupted) return done;
    const { serverTrouble, sessionLost } = judgeFailure(last.error, false);
    const brokeMeanwhile = sessionLost && attempts === 1;
    if (!brokeMeanwhile && (!serverTrouble || attempts > step.tool.policy.retries)) return done;
    if (!brokeMeanwhile && !(await pauseWithin(step, attempts, signal))) return done;
    if (leftMs(step) <= 0) return done;
    fresh = sessionLost;
  }
}

/** False when the tool's time would be over by then. */
async function pauseWithin(step: ReadyStep, attempts: number, signal: AbortSignal | null): Promise<boolean> {
  const pauseMs = Math.min(mostPauseMs, firstPauseMs * 2 ** (attempts - 1));
  if (pauseMs >= leftMs(step)) return false;
  await sleep(pauseMs, undefined, signal ? { signal } : {}).catch(() => {});
  return true;
}

async function send(
  step: ReadyStep,
  { fresh, signal, key }: { fresh: boolean; signal: AbortSignal | null; key: string | null },
): Promise<Attempt> {
  const { runtime, request, args, trace } = step;
  noteTime(step, 'tryMs');
  const progress = tellProgress(step);
  const timeoutMs = Math.max(1, leftMs(step));
  try {
    return await callWithDeadline({
      session: (until) => runtime.session(request.server.id, { fresh, signal: until }),
      connected: () => noteTime(step, 'sessionMs'),
      traced: trace.run,
      tool: request.tool,
      args,
      timeoutMs,
      deadline: runtime.deadline?.(step.names, step.ids, timeoutMs),
      signal,
      onProgress: progress.told,
      ...(key === null ? {} : { idempotencyKey: key }),
    });
  } finally {
    progress.stop();
  }
}
