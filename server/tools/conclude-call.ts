import type { Attempts } from '#src/server/tools/attempt-call.ts';
import { filteredText, filterResult } from '#src/server/tools/filter-result.ts';
import { judgeFailure } from '#src/server/tools/judge-failure.ts';
import { doubt, fail } from '#src/server/tools/report-failure.ts';
import { rawLength, resultText, shapeResult } from '#src/server/tools/shape-result.ts';
import type { Answer, Sent, ToolOutcome, ToolResult } from '#src/server/tools/tool-outcome.ts';
import { elapsedMs, type ReadyStep } from '#src/server/tools/tool-step.ts';
import { timesOf } from '#src/server/tools/tool-times.ts';

/** Last step: the answer is filtered and shaped, the log is told, and the model gets what is left. */
export function concludeCall(step: ReadyStep, { last, attempts, mayBeDone }: Attempts): Sent {
  if (last.ok) return { outcome: concludeAnswer(step, last.result, attempts, mayBeDone), trouble: false };
  if (last.interrupted && !last.timedOut)
    return { outcome: fail(step, 'interrupted', 'The caller went on talking.', { attempts }), trouble: false };
  tellFigures(step, { ok: false, rawChars: 0, shapedChars: 0 });
  const { code, raw, serverTrouble, ...failure } = judgeFailure(last.error, last.timedOut);
  const { outputFilter } = step.tool.policy;
  const message = filteredText(failure.message, outputFilter);
  const outcome = mayBeDone
    ? doubt(step, code, message, attempts)
    : fail(step, code, message, { raw: raw && filteredText(raw, outputFilter), attempts });
  return { outcome, trouble: serverTrouble };
}

/** Tells the log of an answer that is given to the model. */
export function succeed(
  step: ReadyStep,
  { result, rawChars, problem }: Answer,
  how: { attempts: number; cached: boolean },
): ToolOutcome {
  const answer = shapeResult(result);
  const { content, structuredContent } = result;
  step.runtime.write(
    'tool-succeeded',
    {
      ...step.names,
      ms: elapsedMs(step),
      answer,
      content,
      ...(structuredContent === undefined ? {} : { structuredContent }),
      rawChars,
      shapedChars: answer.length,
      ...(problem ? { filterProblem: problem } : {}),
      ...(how.cached ? { cached: true } : {}),
      ...(how.attempts > 1 ? { attempts: how.attempts } : {}),
      ...timesOf(step),
    },
    step.ids,
  );
  return { state: 'succeeded', answer };
}

function concludeAnswer(step: ReadyStep, raw: ToolResult, attempts: number, mayBeDone: boolean): ToolOutcome {
  const answer: Answer = { ...filterResult(raw, step.tool.policy.outputFilter), rawChars: rawLength(raw) };
  const shaped = shapeResult(answer.result);
  tellFigures(step, { ok: !raw.isError, rawChars: answer.rawChars, shapedChars: shaped.length });
  // What went before may be what the tool objects to.
  if (raw.isError && mayBeDone) return doubt(step, 'tool-error', 'A second try answered with an error.', attempts);
  if (raw.isError) return fail(step, 'tool-error', 'The tool answered with an error.', { raw: shaped, attempts });
  step.runtime.measure?.(step.names, step.ids, resultText(raw), shaped);
  if (!answer.problem) step.keep?.(answer);
  return succeed(step, answer, { attempts, cached: false });
}

/** A call that the caller interrupted says nothing of the tool, and is not among the figures. */
function tellFigures(step: ReadyStep, figures: { ok: boolean; rawChars: number; shapedChars: number }): void {
  const { serverId, tool } = step.names;
  step.runtime.ran?.({ serverId, tool, ms: elapsedMs(step), ...figures });
}
