import { authenticate } from '#src/server/api/authenticate.ts';
import { lineStream } from '#src/server/api/line-stream.ts';
import { problem } from '#src/server/api/problem.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';

/**
 * The handshake while it runs: lines of JSON `{start}` as a step begins, `{step}` as it ends, and `{done}` at the end. A closed
 * request cancels it.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await params;
    const { teamId } = await authenticate(request, 'server:handshake');
    await readServer(teamId, id);
    return lineStream(request, async (write, signal) => {
      const done = await runHandshake(teamId, id, {
        signal,
        onStart: (start) => write({ start }),
        onStep: (step) => write({ step }),
      });
      write({ done });
    });
  } catch (error) {
    return problem(error);
  }
}
