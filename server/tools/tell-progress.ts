import { type ThrottledProgress, throttleProgress } from '#src/server/mcp/throttle-progress.ts';
import { filteredText } from '#src/server/tools/filter-result.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/** Tells the log how far the server says it is. It is shown, and extends no deadline. */
export function tellProgress({ runtime, names, ids, tool }: ReadyStep): ThrottledProgress {
  return throttleProgress(({ progress, total, message }) => {
    const words = message === undefined ? {} : { message: filteredText(message, tool.policy.outputFilter) };
    runtime.write('tool-progress', { ...names, progress, ...(total === undefined ? {} : { total }), ...words }, ids);
  });
}
