import { AppError } from '#src/lib/app-error.ts';
import type { AskPerson } from '#src/server/mcp/mcp-session.ts';

/** A deadline for a server that stands still while a person is asked. */
export type PersonClock = {
  signal: AbortSignal;
  /** The same questions; the clock stands while one is open. */
  pausing(ask: AskPerson): AskPerson;
  /** Time that passed while no question was open. */
  workedMs(): number;
  stop(): void;
};

/** Starts the clock. After `limitMs` of the server's own time its signal aborts with AppError `timed-out`, or at once with `from`. */
export function personClock(limitMs: number, from: AbortSignal | undefined): PersonClock {
  const both = new AbortController();
  const cancel = () => both.abort(from?.reason);
  if (from?.aborted) cancel();
  from?.addEventListener('abort', cancel, { once: true });
  let worked = 0;
  let since = performance.now();
  let open = 0;
  const expire = () => both.abort(tooLong(limitMs));
  let timer = setTimeout(expire, limitMs);
  const workedMs = () => worked + (open > 0 ? 0 : performance.now() - since);
  return {
    signal: both.signal,
    workedMs,
    pausing: (ask) => async (question, signal) => {
      if (open === 0) {
        worked = workedMs();
        clearTimeout(timer);
      }
      open++;
      try {
        return await ask(question, AbortSignal.any([signal, both.signal]));
      } finally {
        open--;
        if (open === 0) {
          since = performance.now();
          timer = setTimeout(expire, Math.max(0, limitMs - worked));
        }
      }
    },
    stop: () => {
      clearTimeout(timer);
      from?.removeEventListener('abort', cancel);
    },
  };
}

const tooLong = (limitMs: number) =>
  new AppError('timed-out', `The server did not answer within ${Math.round(limitMs / 1000)} s.`, {
    hint: 'Try again, or look at the log of the server.',
    retryable: true,
  });
