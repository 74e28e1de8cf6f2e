import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/** While a tool stays slow, the caller hears that it is still being worked on. */
const stillSlowMs = 8_000;
/** What is refused at once must not be bridged first. */
const atOnceMs = 100;
const defaultSilenceMs = 700;

/**
 * Never dead air (V8): after a set silence something is said meanwhile, and again every 8 s. A tool that usually takes longer than that
 * silence is not waited for: its filler comes at once. Answers what stops it.
 */
export function startFiller({ runtime, request, names, ids }: ReadyStep): () => void {
  const usualMs = runtime.usualMs?.(names.serverId, names.tool) ?? null;
  let slow = setTimeout(
    () => {
      const note = usualMs === null ? 'The tool takes its time.' : `The tool usually takes ${usualMs} ms.`;
      runtime.write('tool-waiting', { ...names, waitingFor: 'server', note }, ids);
      runtime.sayMeanwhile('first');
      const sayAgain = () => {
        runtime.sayMeanwhile('still');
        slow = setTimeout(sayAgain, runtime.stillSlowMs ?? stillSlowMs);
      };
      slow = setTimeout(sayAgain, runtime.stillSlowMs ?? stillSlowMs);
    },
    fillerDelayMs(runtime.slowAfterMs ?? defaultSilenceMs, usualMs),
  );
  const stop = () => clearTimeout(slow);
  request.signal.addEventListener('abort', stop, { once: true });
  return () => {
    stop();
    request.signal.removeEventListener('abort', stop);
  };
}

/** How long a tool may take until something is said, ms. `usualMs` is half of its runs, null where that is not known. */
export function fillerDelayMs(silenceMs: number, usualMs: number | null): number {
  return usualMs !== null && usualMs > silenceMs ? Math.min(atOnceMs, silenceMs) : silenceMs;
}
