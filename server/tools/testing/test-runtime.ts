import { AppError } from '#src/lib/app-error.ts';
import type { FillerKind } from '#src/lib/assistants/fillers.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { memoryWrites } from '#src/server/tools/testing/memory-writes.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';
import type { ToolRuntime, ToolSession } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger } from '#src/server/tools/write-ledger.ts';

/** What a tool does on its nth call. */
export type Behaviour = (calls: number, signal: AbortSignal | undefined) => Promise<ToolResult>;

export const safeSentence = 'I could not do that just now.';

/** A server with one tool, `count`, under this policy. */
export function testServer(
  policy: Partial<ToolPolicy>,
  inputSchema: Record<string, unknown> = { type: 'object' },
): FrozenServer {
  return {
    id: 'srv_1',
    name: 'Point of sale',
    transport: 'streamable-http',
    url: 'http://127.0.0.1:1/mcp',
    auth: { type: 'none' },
    credentialId: null,
    stdio: null,
    envCredentialId: null,
    rest: null,
    limits: defaultLimits,
    phase: 'live',
    instructions: null,
    era: null,
    tools: [
      {
        hash: 'h',
        definition: { name: 'count', inputSchema },
        policy: { ...newToolPolicy, allowed: true, confirmation: 'never', timeoutMs: 200, ...policy },
      },
    ],
  };
}

/** A runtime whose one tool behaves as told, and what was seen of it. */
export function testRuntime(behaviour: Behaviour, options: Partial<ToolRuntime> & { logIsUp?: boolean } = {}) {
  const events: { type: string; data: Record<string, unknown> }[] = [];
  let calls = 0;
  let opened = 0;
  const fillers: FillerKind[] = [];
  const session: ToolSession = {
    callTool: (_name, _args, { signal }) => {
      calls += 1;
      return behaviour(calls, signal);
    },
  };
  const made: ToolRuntime = {
    session: async (_serverId, { fresh }) => {
      if (fresh) opened += 1;
      return session;
    },
    quarantined: () => false,
    write: (type, data) => void events.push({ type, data: { ...data } }),
    writeThrough: async (type, data) => {
      events.push({ type, data: { ...data } });
      return options.logIsUp ?? true;
    },
    sayMeanwhile: (kind) => void fillers.push(kind),
    safeSentence,
    writes: new WriteLedger(memoryWrites().store),
    newId: () => 'tc_1',
    now: () => performance.now(),
    slowAfterMs: 40,
    ...options,
  };
  return {
    runtime: made,
    events,
    calls: () => calls,
    opened: () => opened,
    fillers: () => fillers.length,
    said: fillers,
  };
}

export const never: Behaviour = () => new Promise(() => {});
export const seven: Behaviour = async () => ({
  content: [{ type: 'text', text: 'seven' }],
  structuredContent: { left: 7 },
  isError: false,
});
export const lostOnce: Behaviour = async (calls) => {
  if (calls === 1) throw new AppError('connection-lost', 'The connection broke.');
  return seven(calls, undefined);
};
/** One request of the model for the tool. */
export const asked = (args: unknown, over: { server: FrozenServer; signal?: AbortSignal }) => ({
  tool: 'count',
  args,
  signal: new AbortController().signal,
  turnId: 't1',
  ...over,
});
