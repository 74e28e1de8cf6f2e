import { type Attempt, callWithDeadline } from '#src/server/tools/call-with-deadline.ts';
import { checkAllowed } from '#src/server/tools/check-allowed.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';
import { judgeFailure } from '#src/server/tools/judge-failure.ts';
import { resultText, shapeResult } from '#src/server/tools/shape-result.ts';
import { takeSlot } from '#src/server/tools/take-slot.ts';
import { tellModel } from '#src/server/tools/tell-model.ts';
import type { FrozenTool, ToolOutcome, ToolRequest, ToolRuntime } from '#src/server/tools/tool-runtime.ts';

/**
 * Runs one tool call through its steps: allowed, valid, within limits, announced, sent with a deadline, shaped. Each decision is an
 * event. Never throws; a write is sent at most once, and only after its start is in the log.
 */
export async function runToolCall(runtime: ToolRuntime, request: ToolRequest): Promise<ToolOutcome> {
  const toolCallId = runtime.newId();
  const step: Step = {
    runtime,
    request,
    names: { serverId: request.server.id, serverName: request.server.name, tool: request.tool },
    ids: { turnId: request.turnId, toolCallId },
    startedAt: runtime.now(),
  };
  const allowed = checkAllowed(request.server, request.tool, runtime.quarantined(request.server.id, request.tool));
  if (!allowed.ok) return refuse(step, allowed.code, 'The assistant may not use this tool now.');
  const valid = checkArguments(allowed.tool.definition.inputSchema, request.args);
  if (!valid.ok) return refuse(step, 'arguments-invalid', valid.message);
  const slot = await takeSlot(runtime, request.server);
  if (!slot.ok) return refuse(step, slot.code, slot.message);
  try {
    return await announceAndSend(step, allowed.tool, valid.args);
  } finally {
    slot.giveBack();
  }
}

async function announceAndSend(step: Step, tool: FrozenTool, args: Record<string, unknown>): Promise<ToolOutcome> {
  const { runtime } = step;
  const { effect } = tool.policy;
  const started = { ...step.names, arguments: args, effect };
  if (effect === 'write') {
    const announced = await runtime.writeThrough('tool-started', started, step.ids);
    if (!announced) return fail(step, 'log-unavailable', 'The log cannot be written now, so no write is sent.');
  } else runtime.write('tool-started', started, step.ids);
  return send(step, tool, args);
}

/** While a tool stays slow, the caller hears that it is still being worked on. */
const stillSlowMs = 8_000;

type Step = {
  runtime: ToolRuntime;
  request: ToolRequest;
  names: { serverId: string; serverName: string; tool: string };
  ids: { turnId: string | undefined; toolCallId: string };
  startedAt: number;
};

async function send(step: Step, tool: FrozenTool, args: Record<string, unknown>): Promise<ToolOutcome> {
  const { runtime, request } = step;
  const isWrite = tool.policy.effect === 'write';
  let slow = setTimeout(() => {
    runtime.write(
      'tool-waiting',
      { ...step.names, waitingFor: 'server', note: 'The tool is taking longer than usual.' },
      step.ids,
    );
    const sayAgain = () => {
      runtime.sayMeanwhile();
      slow = setTimeout(sayAgain, stillSlowMs);
    };
    sayAgain();
  }, runtime.slowAfterMs ?? 700);
  const stopFiller = () => clearTimeout(slow);
  request.signal.addEventListener('abort', stopFiller, { once: true });
  try {
    const deadlineAt = step.startedAt + tool.policy.timeoutMs;
    const attempt = (fresh: boolean) =>
      callWithDeadline({
        session: (signal) => runtime.session(request.server.id, { fresh, signal }),
        tool: request.tool,
        args,
        timeoutMs: Math.max(1, Math.round(deadlineAt - runtime.now())),
        // A write that left cannot be called back: its outcome is awaited even when the caller goes on talking.
        signal: isWrite ? null : request.signal,
      });
    let outcome = await attempt(false);
    if (!isWrite && worthAnotherTry(outcome)) outcome = await attempt(true);
    return conclude(step, outcome, isWrite);
  } finally {
    stopFiller();
  }
}

function worthAnotherTry(attempt: Attempt): boolean {
  if (attempt.ok || attempt.timedOut || attempt.interrupted) return false;
  return judgeFailure(attempt.error, false).sessionLost;
}

function conclude(step: Step, attempt: Attempt, isWrite: boolean): ToolOutcome {
  const { runtime, names, ids } = step;
  const ms = Math.round(runtime.now() - step.startedAt);
  if (attempt.ok || attempt.timedOut || !attempt.interrupted) count(step, attempt, ms);
  if (attempt.ok && !attempt.result.isError) {
    const { content, structuredContent } = attempt.result;
    const answer = shapeResult(attempt.result);
    runtime.write(
      'tool-succeeded',
      { ...names, ms, answer, content, ...(structuredContent === undefined ? {} : { structuredContent }) },
      ids,
    );
    return { state: 'succeeded', answer };
  }
  if (attempt.ok) {
    const raw = shapeResult(attempt.result);
    return fail(step, 'tool-error', 'The tool answered with an error.', raw);
  }
  if (attempt.interrupted && !attempt.timedOut) return fail(step, 'interrupted', 'The caller went on talking.');
  const failure = judgeFailure(attempt.error, attempt.timedOut);
  if (isWrite && !failure.hadNoEffect) {
    runtime.write('tool-in-doubt', { ...names, ms, message: failure.message }, ids);
    return { state: 'in-doubt', code: failure.code, answer: tellModel.inDoubt() };
  }
  return fail(step, failure.code, failure.message, failure.raw);
}

/** For figures. A call that the caller interrupted says nothing of the tool. */
function count({ runtime, names }: Step, attempt: Attempt, ms: number): void {
  const { serverId, tool } = names;
  const rawChars = attempt.ok ? resultText(attempt.result).length : 0;
  const shapedChars = attempt.ok ? shapeResult(attempt.result).length : 0;
  runtime.ran?.({ serverId, tool, ok: attempt.ok && !attempt.result.isError, ms, rawChars, shapedChars });
}

function refuse(step: Step, code: string, message: string): ToolOutcome {
  const { runtime, names, ids } = step;
  runtime.write('tool-failed', { ...names, ms: 0, code, message }, ids);
  const answer =
    code === 'arguments-invalid'
      ? tellModel.mend(runtime.safeSentence, message)
      : tellModel.failed(runtime.safeSentence);
  return { state: 'refused', code, answer };
}

function fail(step: Step, code: string, message: string, raw?: string): ToolOutcome {
  const { runtime, names, ids } = step;
  const ms = Math.round(runtime.now() - step.startedAt);
  runtime.write('tool-failed', { ...names, ms, code, message, ...(raw === undefined ? {} : { raw }) }, ids);
  return {
    state: 'failed',
    code,
    answer: tellModel.failed(runtime.safeSentence, code === 'tool-error' ? raw : undefined),
  };
}
