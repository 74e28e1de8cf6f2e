import type { ToolTimes } from '#src/lib/calls/tool-times.ts';
import { elapsedMs, type ToolStep } from '#src/server/tools/tool-step.ts';

/** Notes that a call of a tool has come this far; the last try counts. */
export function noteTime(step: ToolStep, reached: keyof ToolTimes): void {
  if (reached === 'tryMs') {
    delete step.times.sessionMs;
    step.trace.again();
  }
  step.times[reached] = elapsedMs(step);
}

/** How far it came and when, for its last event; nothing for a call that was not sent. */
export function timesOf({ times, trace, startedAt }: ToolStep): { times?: ToolTimes } {
  if (times.tryMs === undefined) return {};
  const first = trace.firstByteAt();
  return { times: { ...times, ...(first === null ? {} : { firstByteMs: Math.round(first - startedAt) }) } };
}
