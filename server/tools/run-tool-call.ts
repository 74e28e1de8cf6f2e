import { announceRead, releaseWrite } from '#src/server/tools/announce.ts';
import { type Attempts, attemptRead, attemptWrite } from '#src/server/tools/attempt-call.ts';
import { checkAllowed } from '#src/server/tools/check-allowed.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';
import { checkConfirmed } from '#src/server/tools/check-confirmed.ts';
import { concludeCall } from '#src/server/tools/conclude-call.ts';
import { startFiller } from '#src/server/tools/filler.ts';
import { readCached } from '#src/server/tools/read-cached.ts';
import { fail, refuse } from '#src/server/tools/report-failure.ts';
import { sendOnce } from '#src/server/tools/send-once.ts';
import { takeSlot } from '#src/server/tools/take-slot.ts';
import { tellExchanges } from '#src/server/tools/tell-exchanges.ts';
import type { Sent, ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import type { ToolRequest, ToolRuntime } from '#src/server/tools/tool-runtime.ts';
import { beginStep, leftMs, type ReadyStep } from '#src/server/tools/tool-step.ts';
import { noteTime } from '#src/server/tools/tool-times.ts';

/**
 * Runs one tool call through its steps: allowed, valid, known (a write is sent once) and confirmed (someone said
 * yes) or cached (a read may be), within limits, not
 * resting, announced, sent with a deadline, filtered and shaped. Each decision is an event or a part of one. Never throws;
 * docs/tool-runtime.md has the table of failures.
 */
export async function runToolCall(runtime: ToolRuntime, request: ToolRequest): Promise<ToolOutcome> {
  const begun = beginStep(runtime, request);
  const allowed = checkAllowed(request.server, request.tool, runtime.quarantined(request.server.id, request.tool));
  if (!allowed.ok) return refuse(begun, allowed.code, 'The assistant may not use this tool now.');
  const valid = checkArguments(allowed.tool.definition.inputSchema, request.args);
  if (!valid.ok) return refuse(begun, 'arguments-invalid', valid.message);
  const step: ReadyStep = { ...begun, tool: allowed.tool, args: valid.args };
  return step.tool.policy.effect === 'write'
    ? sendOnce(step, () => checkConfirmed(step, () => withinLimits(step, sendWrite)))
    : readCached(step, (reading) => withinLimits(reading, sendRead));
}

async function withinLimits(step: ReadyStep, send: (step: ReadyStep) => Promise<Sent>): Promise<ToolOutcome> {
  const { runtime, request } = step;
  const slot = await takeSlot(runtime, request.server);
  if (!slot.ok) return refuse(step, slot.code, slot.message);
  try {
    const sent = runtime.breaker ? await runtime.breaker(request.server.id, () => send(step)) : await send(step);
    if (sent) return sent.outcome;
    return refuse(step, 'server-resting', 'The server failed several times in a row and is not asked for a while.');
  } finally {
    slot.giveBack();
  }
}

async function sendRead(step: ReadyStep): Promise<Sent> {
  noteTime(step, 'limitsMs');
  announceRead(step);
  const sent = concludeCall(step, await bridged(step, attemptRead));
  tellExchanges(step);
  return sent;
}

async function sendWrite(step: ReadyStep): Promise<Sent> {
  noteTime(step, 'limitsMs');
  const released = await releaseWrite(step);
  if (!released.ok) return { outcome: released.outcome, trouble: false };
  const sent =
    leftMs(step) > 0
      ? concludeCall(step, await bridged(step, attemptWrite))
      : { outcome: fail(step, 'timed-out', 'There was no time left to send it.'), trouble: false };
  tellExchanges(step);
  const { state, answer } = sent.outcome;
  released.settle(state === 'succeeded' ? 'done' : state === 'in-doubt' ? 'in-doubt' : 'not-done', answer);
  // Also when it failed: nobody knows what a server has done before it said so.
  await step.runtime.cache?.forget(step.request.server.id);
  return sent;
}

/** The silence while a tool works is bridged. */
async function bridged(step: ReadyStep, attempt: (step: ReadyStep) => Promise<Attempts>): Promise<Attempts> {
  const stop = startFiller(step);
  try {
    return await attempt(step);
  } finally {
    stop();
  }
}
