import { tellModel } from '#src/server/tools/tell-model.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import { elapsedMs, type ToolStep } from '#src/server/tools/tool-step.ts';
import { timesOf } from '#src/server/tools/tool-times.ts';

/** A call that was not made. The model may mend arguments; of anything else it only gets the safe sentence. */
export function refuse({ runtime, names, ids }: ToolStep, code: string, message: string): ToolOutcome {
  runtime.write('tool-failed', { ...names, ms: 0, code, message }, ids);
  const answer =
    code === 'arguments-invalid'
      ? tellModel.mend(runtime.safeSentence, message)
      : tellModel.failed(runtime.safeSentence);
  return { state: 'refused', code, answer };
}

/** A call that surely did nothing, or a read that gave nothing. `raw` is for the operator; the model gets only a tool's own words. */
export function fail(
  step: ToolStep,
  code: string,
  message: string,
  more: { raw?: string | undefined; attempts?: number | undefined } = {},
): ToolOutcome {
  const { runtime, names, ids } = step;
  const { raw, attempts } = more;
  runtime.write(
    'tool-failed',
    {
      ...names,
      ms: elapsedMs(step),
      code,
      message,
      ...(raw === undefined ? {} : { raw }),
      ...(attempts === undefined || attempts < 2 ? {} : { attempts }),
      ...timesOf(step),
    },
    ids,
  );
  return {
    state: 'failed',
    code,
    answer: tellModel.failed(runtime.safeSentence, code === 'tool-error' ? raw : undefined),
  };
}

/** A write that may or may not have been done. */
export function doubt(step: ToolStep, code: string, message: string, attempts = 1): ToolOutcome {
  const { runtime, names, ids } = step;
  runtime.write(
    'tool-in-doubt',
    { ...names, ms: elapsedMs(step), message, ...(attempts > 1 ? { attempts } : {}), ...timesOf(step) },
    ids,
  );
  return { state: 'in-doubt', code, answer: tellModel.inDoubt(runtime.inDoubtSentence) };
}
