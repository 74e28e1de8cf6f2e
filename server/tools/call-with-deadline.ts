import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';
import type { ToolDeadline, ToolSession } from '#src/server/tools/tool-runtime.ts';

export type Attempt =
  | { ok: true; result: ToolResult }
  | {
      ok: false;
      error: unknown;
      timedOut: boolean;
      interrupted: boolean;
      /** False: the request never left, because there was no session yet. */
      sent: boolean;
    };

/**
 * Sends one tool call and waits at most `timeoutMs`. The deadline is our own: a session's own limits may be reset by
 * progress. Aborting `signal` gives the wait up and, through the session, the request.
 */
export async function callWithDeadline(options: {
  session: (signal: AbortSignal) => Promise<ToolSession>;
  /** Told when there is a session, just before the request leaves. */
  connected?: () => void;
  /** What goes over the wire within it belongs to this call. */
  traced?: <T>(work: () => Promise<T>) => Promise<T>;
  tool: string;
  args: Record<string, unknown>;
  timeoutMs: number;
  /** One that may stand still, in place of our own. */
  deadline?: ToolDeadline | undefined;
  signal: AbortSignal | null;
  onProgress?: (progress: ToolProgress) => void;
  idempotencyKey?: string;
}): Promise<Attempt> {
  const deadline = options.deadline?.signal ?? AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  let sent = false;
  try {
    signal.throwIfAborted();
    const answer = (async () => {
      const session = await options.session(signal);
      // Nobody waits any more for a session that came too late: a write would leave unseen.
      signal.throwIfAborted();
      sent = true;
      options.connected?.();
      const { tool, args, onProgress, idempotencyKey } = options;
      const timeoutMs = options.timeoutMs + (options.deadline?.pauseMs ?? 0);
      const send = () => session.callTool(tool, args, { signal, timeoutMs, onProgress, idempotencyKey });
      return options.traced ? options.traced(send) : send();
    })();
    return { ok: true, result: await abandonOn(signal, answer) };
  } catch (error) {
    return { ok: false, error, timedOut: deadline.aborted, interrupted: options.signal?.aborted === true, sent };
  } finally {
    options.deadline?.stop();
  }
}

/** A server that does not listen to an abort must not hold the caller. */
function abandonOn<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return new Promise<T>((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    signal.addEventListener('abort', abandon, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}
