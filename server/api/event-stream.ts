import { watchCall } from '#src/server/calls/event-hub.ts';

const beatMs = 15_000;
const retryMs = 500;

/** A call's log as server-sent events, `id` being the `seq`: whoever reconnects misses nothing and sees nothing twice. */
export function eventStream(o: { teamId: string; callId: string; after: number; signal: AbortSignal }): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(out) {
      let open = true;
      const write = (text: string) => {
        if (open) out.enqueue(encoder.encode(text));
      };
      write(`retry: ${retryMs}\n\n`); // sends the headers: the browser knows at once that it is connected
      const beat = setInterval(() => write(': beat\n\n'), beatMs);
      let leave = () => {};
      end = () => {
        if (!open) return;
        open = false;
        clearInterval(beat);
        leave();
        try {
          out.close();
        } catch {
          // The other side closed it.
        }
      };
      o.signal.addEventListener('abort', () => end(), { once: true });
      leave = await watchCall(o.teamId, o.callId, o.after, (event) =>
        write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`),
      );
      if (!open || o.signal.aborted) leave();
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Without no-transform the server would compress, and so hold back, the stream.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
