import { problem } from '#src/server/api/problem.ts';

/**
 * Answers with lines of JSON while `work` writes them. What it throws becomes a last line `{error}`. A closed request aborts the
 * signal, and nothing is written any more.
 */
export function lineStream(
  request: Request,
  work: (write: (line: unknown) => void, signal: AbortSignal) => Promise<void>,
): Response {
  const cancel = new AbortController();
  request.signal.addEventListener('abort', () => cancel.abort(request.signal.reason), { once: true });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(out) {
      const write = (line: unknown) => {
        if (!cancel.signal.aborted) out.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await work(write, cancel.signal);
      } catch (error) {
        write({ error: await problem(error).json() });
      }
      if (!cancel.signal.aborted) out.close();
    },
    cancel: () => cancel.abort(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
