import { doubt, fail } from '#src/server/tools/report-failure.ts';
import { deedKey, writeKey } from '#src/server/tools/request-key.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import { elapsedMs, type ReadyStep } from '#src/server/tools/tool-step.ts';
import type { EarlierWrite } from '#src/server/tools/write-ledger.ts';

/** A step of writes: one request is sent once (V13). A repeat waits for the first and gets its answer. */
export async function sendOnce(step: ReadyStep, send: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  const { runtime, request, ids } = step;
  const [key, deed] = [writeKey(step), deedKey(step)];
  const first = runtime.writes.find(key, deed);
  if (!first) return runtime.writes.hold({ toolCallId: ids.toolCallId, key, deed, signal: request.signal }, send());
  const { toolCallId, outcome } = first;
  runtime.write('tool-started', { ...step.names, arguments: step.args, effect: 'write', repeatOf: toolCallId }, ids);
  return repeat(step, await outcome);
}

/** The answer of a write that an earlier process of this call has noted. */
export function repeatEarlier(step: ReadyStep, { state, answer }: EarlierWrite): ToolOutcome {
  if (state === 'done') return repeat(step, { state: 'succeeded', answer: answer ?? '' });
  if (state === 'not-done') return fail(step, 'not-done', notAgain);
  return doubt(step, 'in-doubt', 'The same request was sent before, and nobody knows what became of it.');
}

const notAgain = 'The same request was made before in this turn; it is not sent again.';

function repeat(step: ReadyStep, outcome: ToolOutcome): ToolOutcome {
  const { runtime, names, ids } = step;
  const ms = elapsedMs(step);
  const { state, answer } = outcome;
  if (state === 'succeeded') runtime.write('tool-succeeded', { ...names, ms, answer, content: [] }, ids);
  else if (state === 'in-doubt') runtime.write('tool-in-doubt', { ...names, ms, message: notAgain }, ids);
  else runtime.write('tool-failed', { ...names, ms, code: outcome.code, message: notAgain }, ids);
  return outcome;
}
