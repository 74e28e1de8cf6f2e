import { inspectRequestSchema } from '#src/lib/mcp/inspect.ts';
import { authenticate } from '#src/server/api/authenticate.ts';
import { lineStream } from '#src/server/api/line-stream.ts';
import { problem } from '#src/server/api/problem.ts';
import { readJson } from '#src/server/api/read-json.ts';
import { inspect } from '#src/server/mcp/inspect.ts';
import { askThroughDatabase } from '#src/server/mcp/inspect-questions.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';

/**
 * Asks a server one thing by hand: lines of JSON `{progress}`, `{question}`, `{exchange}` as they come, `{done}` at the end. A
 * closed request cancels it.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await params;
    const { teamId } = await authenticate(request, 'server:try-tool');
    const asked = inspectRequestSchema.parse(await readJson(request));
    await readServer(teamId, id);
    return lineStream(request, async (write, signal) => {
      const done = await inspect(teamId, id, asked, {
        signal,
        checkArguments,
        onProgress: (progress) => write({ progress }),
        onQuestion: askThroughDatabase(teamId, id, (question) => write({ question })),
        onExchange: (exchange) => write({ exchange }),
      });
      write({ done });
    });
  } catch (error) {
    return problem(error);
  }
}
