import type { HandshakeStep } from '#src/lib/mcp/handshake.ts';
import { authenticate } from '#src/server/api/authenticate.ts';
import { problem } from '#src/server/api/problem.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';

/** The handshake while it runs: a line of JSON as each step ends, `{step}`, and `{done}` at the end. A closed request cancels it. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await params;
    const actor = await authenticate(request, 'server:handshake');
    await readServer(actor.teamId, id);
    const cancel = new AbortController();
    request.signal.addEventListener('abort', () => cancel.abort(request.signal.reason), { once: true });
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async start(out) {
        const write = (line: unknown) => {
          if (!cancel.signal.aborted) out.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        };
        try {
          const done = await runHandshake(actor.teamId, id, {
            signal: cancel.signal,
            onStep: (step: HandshakeStep) => write({ step }),
          });
          write({ done });
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
  } catch (error) {
    return problem(error);
  }
}
