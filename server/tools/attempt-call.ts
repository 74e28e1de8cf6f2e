import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, callWithDeadline } from '#src/server/tools/call-with-deadline.ts';
import { judgeFailure } from '#src/server/tools/judge-failure.ts';
import { leftMs, type ReadyStep } from '#src/server/tools/tool-step.ts';

export type Attempts = { last: Attempt; attempts: number };

const firstPauseMs = 100;
const mostPauseMs = 2_000;

/** Sends a write, once. What left cannot be called back: its outcome is awaited even when the caller goes on talking. */
export async function attemptWrite(step: ReadyStep): Promise<Attempts> {
  return { last: await send(step, { fresh: false, signal: null }), attempts: 1 };
}

/**
 * Sends a read, and again as often as the operator allows: after failures that are the server's, within the tool's time, with
 * longer and longer pauses. A session that broke meanwhile is no failure of the server: that is tried again at once, always.
 */
export async function attemptRead(step: ReadyStep): Promise<Attempts> {
  const { signal } = step.request;
  let fresh = false;
  for (let attempts = 1; ; attempts++) {
    const last = await send(step, { fresh, signal });
    if (last.ok || last.timedOut || last.interrupted) return { last, attempts };
    const { serverTrouble, sessionLost } = judgeFailure(last.error, false);
    const brokeMeanwhile = sessionLost && attempts === 1;
    if (!brokeMeanwhile && (!serverTrouble || attempts > step.tool.policy.retries)) return { last, attempts };
    const pauseMs = brokeMeanwhile ? 0 : Math.min(mostPauseMs, firstPauseMs * 2 ** (attempts - 1));
    if (pauseMs >= leftMs(step)) return { last, attempts };
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
    fresh = sessionLost;
  }
}

function send(step: ReadyStep, { fresh, signal }: { fresh: boolean; signal: AbortSignal | null }): Promise<Attempt> {
  const { runtime, request, args } = step;
  return callWithDeadline({
    session: (until) => runtime.session(request.server.id, { fresh, signal: until }),
    tool: request.tool,
    args,
    timeoutMs: Math.max(1, leftMs(step)),
    signal,
  });
}
