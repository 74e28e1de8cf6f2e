import { AppError, isAppError } from '#src/lib/app-error.ts';
import { config } from '#src/server/config.ts';
import { mcpError } from '#src/server/mcp/mcp-error.ts';
import type { AskPerson, McpSession } from '#src/server/mcp/mcp-session.ts';
import { secretHider } from '#src/server/mcp/transports/hide-secrets.ts';
import { newClient, sdkSession } from '#src/server/mcp/transports/sdk-session.ts';
import { type Program, StdioTransport } from '#src/server/mcp/transports/stdio-transport.ts';
import type { Traffic } from '#src/server/mcp/transports/traffic.ts';

const connectTimeoutMs = 10_000;

export type StdioTarget = {
  transport: 'stdio';
  program: Program;
  /** One process for the session, or a fresh one for each tool call (X5). */
  session: 'per-call' | 'per-tool-call';
  era: 'modern' | 'legacy' | null;
};
export type OpenStdio = {
  target: StdioTarget;
  traffic?: Traffic | undefined;
  ask?: AskPerson | undefined;
  onStarted?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** Local programs are the choice of who runs the machine. Throws AppError `stdio-off`. */
export function checkStdioAllowed(): void {
  if (!config().allowStdio)
    throw new AppError('stdio-off', 'Programs on this machine are switched off.', {
      hint: 'Whoever runs Patchbay can allow them with PATCHBAY_ALLOW_STDIO=1.',
      status: 403,
    });
}

/** Starts a program and speaks MCP with it. Throws `stdio-off`, `program-missing`, `program-ended` and what `mcpError` names. */
export async function openStdio(o: OpenStdio): Promise<McpSession> {
  checkStdioAllowed();
  const first = await startProgram(o);
  if (o.target.session === 'per-call') return first;
  return {
    ...first,
    callTool: async (name, args, options) => {
      // The verdict of the first process holds for the next: no second probe.
      const fresh = await startProgram({
        ...o,
        target: { ...o.target, era: first.era },
        ...(options.signal ? { signal: options.signal } : {}),
      });
      try {
        return await fresh.callTool(name, args, options);
      } finally {
        await fresh.close();
      }
    },
  };
}

async function startProgram(o: OpenStdio): Promise<McpSession> {
  const { program, era } = o.target;
  const hider = o.traffic?.hider ?? secretHider();
  for (const value of Object.values(program.env)) hider.add(value);
  const attempt = async (from: 'auto' | 'legacy') => {
    const transport = new StdioTransport(program, { traffic: o.traffic, onStarted: o.onStarted });
    const named = (error: unknown) => programError(error, transport, hider.text);
    const client = newClient(o.ask);
    const stop = () => void transport.close();
    o.signal?.addEventListener('abort', stop, { once: true });
    try {
      await client.connect(transport, {
        timeout: connectTimeoutMs,
        ...(o.signal ? { signal: o.signal } : {}),
        ...(from === 'legacy' ? { prior: { kind: 'legacy' as const } } : {}),
      });
      return sdkSession(client, named);
    } catch (error) {
      await transport.close();
      if (o.signal?.aborted) throw o.signal.reason;
      throw named(error);
    }
  };
  if (era === 'legacy') return attempt('legacy');
  return attempt('auto').catch((error: unknown) => {
    // A program that dies of the probe may well live with the handshake.
    if (o.signal?.aborted || !isAppError(error) || error.code !== 'program-ended') throw error;
    return attempt('legacy');
  });
}

/** What went wrong, with the last words of the program. */
function programError(error: unknown, transport: StdioTransport, hide: (text: string) => string): AppError {
  if (transport.failure) return transport.failure;
  const lastWords = hide(transport.stderr.trim());
  if (transport.ended !== null && !isAppError(error))
    return new AppError('program-ended', `The program ${transport.ended}.`, {
      hint: 'Read its last words below; run it by hand to see more.',
      raw: lastWords || 'It wrote nothing to its standard error.',
      cause: error,
    });
  const named = mcpError(error, null);
  if (lastWords === '' || isAppError(error)) return named;
  return new AppError(named.code, named.message, {
    hint: named.hint,
    retryable: named.retryable,
    status: named.status,
    cause: named.cause,
    raw: `${named.raw ?? ''}\n\n${lastWords}`.trim(),
  });
}
