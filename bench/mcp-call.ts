import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Figure } from '#src/bench/figure.ts';
import { applyCheckSettings } from '#src/server/cli/check-settings.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { startEverything } from '#src/server/mcp/testing/everything-server.ts';
import { quantiles } from '#src/server/qa/bench/quantiles.ts';

const calls = 300;
const warmUp = 50;

/** One call over a session that stands, through our client and through the bare official one, in turn. */
export async function mcpCall(): Promise<Figure[]> {
  applyCheckSettings();
  const server = await startEverything('streamableHttp');
  const bare = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await bare.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  const session = await openMcpSession({ server: { url: server.url, auth: { type: 'none' }, era: null } });
  try {
    const took = { ours: [] as number[], bare: [] as number[] };
    const time = async (work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now();
      await work();
      return performance.now() - from;
    };
    const args = { message: 'how many margheritas are left' };
    for (let i = -warmUp; i < calls; i++) {
      const byUs = () => time(() => session.callTool('echo', args, { timeoutMs: 10_000 }));
      const byBare = () => time(() => bare.callTool({ name: 'echo', arguments: args }));
      // Each goes first every other time.
      const [ours, theirs] = i % 2 === 0 ? [await byUs(), await byBare()] : (await inTurn(byBare, byUs)).reverse();
      if (i < 0 || ours === undefined || theirs === undefined) continue;
      took.ours.push(ours);
      took.bare.push(theirs);
    }
    const [ours, theirs] = [quantiles(took.ours).p50, quantiles(took.bare).p50];
    return [
      {
        name: 'MCP call over an open session',
        value: `${(ours / theirs).toFixed(2)} × the bare client (median ${ours.toFixed(2)} ms against ${theirs.toFixed(2)} ms, n ${calls})`,
        expected: '≤ 1.15 ×',
        how: '`echo` of server-everything, our client and the official one in turn',
      },
    ];
  } finally {
    await session.close();
    await bare.close();
    await server.stop();
  }
}

async function inTurn<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T[]> {
  return [await first(), await second()];
}
