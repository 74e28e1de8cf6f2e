import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/** While a tool stays slow, the caller hears that it is still being worked on. */
const stillSlowMs = 8_000;

/** Never dead air (V8): after a set silence something is said meanwhile, and again later. Answers what stops it. */
export function startFiller({ runtime, request, names, ids }: ReadyStep): () => void {
  let slow = setTimeout(() => {
    const note = 'The tool is taking longer than usual.';
    runtime.write('tool-waiting', { ...names, waitingFor: 'server', note }, ids);
    const sayAgain = () => {
      runtime.sayMeanwhile();
      slow = setTimeout(sayAgain, stillSlowMs);
    };
    sayAgain();
  }, runtime.slowAfterMs ?? 700);
  const stop = () => clearTimeout(slow);
  request.signal.addEventListener('abort', stop, { once: true });
  return () => {
    stop();
    request.signal.removeEventListener('abort', stop);
  };
}
