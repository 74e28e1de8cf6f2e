import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { EventWriter } from '#src/server/agent/event-writer.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import setup from '#src/server/db/testing/global-setup.ts';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { startEverything } from '#src/server/mcp/testing/everything-server.ts';
import { quantiles } from '#src/server/qa/bench/quantiles.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { type CircuitStore, sharedBreaker } from '#src/server/tools/shared-breaker.ts';
import { storedCircuits } from '#src/server/tools/stored-circuits.ts';
import { storedWrites } from '#src/server/tools/stored-writes.ts';
import { memoryWrites } from '#src/server/tools/testing/memory-writes.ts';
import type { ToolRuntime, ToolSession } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger, type WriteStore } from '#src/server/tools/write-ledger.ts';

const team = 'team-bench';
const warmUp = 100;

const atOnce: ToolSession = {
  callTool: async () => ({
    content: [{ type: 'text', text: '{"left":7,"item":"margherita","for":"ada@example.com"}' }],
    structuredContent: { left: 7, item: 'margherita', for: 'ada@example.com' },
    isError: false,
  }),
};
/** `node bench/runtime-process.ts FILE`: measures the tool runtime and writes the figures as JSON. */
const stopDatabase = await setup();
try {
  const own = await ownCost();
  const durable = await durableWrite();
  const pair = await againstBareClient();
  const file = process.argv[2];
  if (file) writeFileSync(file, JSON.stringify({ ...own, durable, ...pair }));
} finally {
  await closeConnection();
  await stopDatabase();
}
process.exit(0);

function toolOf(policy: Partial<ToolPolicy>, name = 'count'): FrozenServer {
  return {
    id: 'srv_bench',
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
        definition: { name, inputSchema: { type: 'object', properties: { message: { type: 'string' } } } },
        policy: { ...newToolPolicy, allowed: true, confirmation: 'never', ...policy },
      },
    ],
  };
}

function runtimeOf(
  session: ToolSession,
  events: Pick<EventWriter, 'write' | 'writeThrough'>,
  store: WriteStore,
  circuits: CircuitStore,
): ToolRuntime {
  return {
    session: async () => session,
    quarantined: () => false,
    write: (type, data, ids) => events.write(type, data, ids),
    writeThrough: (type, data, ids) => events.writeThrough(type, data, ids),
    sayMeanwhile: () => {},
    safeSentence: 'I could not do that just now.',
    writes: new WriteLedger(store),
    breaker: sharedBreaker(circuits, ['srv_bench']).breaker,
    newId: randomUUID,
    now: () => performance.now(),
  };
}

function asked(server: FrozenServer, tool = 'count') {
  return {
    server,
    tool,
    args: { message: 'how many margheritas are left' },
    signal: new AbortController().signal,
    turnId: randomUUID(),
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function ownCost() {
  const noLog = { write: () => {}, writeThrough: async () => true };
  const noStore: CircuitStore = {
    read: async () => new Map(),
    failed: async () => ({ failures: 0, restsForMs: null }),
    worked: async () => {},
    takeTry: async () => true,
  };
  const outputFilter = '{"trim":true,"redact":["email","card"],"maxChars":800}';
  const runs = async (effect: 'read' | 'write') => {
    const took: number[] = [];
    let before = process.threadCpuUsage();
    for (let i = -warmUp; i < 2_000; i++) {
      if (i === 0) before = process.threadCpuUsage();
      const runtime = runtimeOf(atOnce, noLog, memoryWrites().store, noStore);
      const server = toolOf({ effect, outputFilter });
      const ms = await time(() => runToolCall(runtime, asked(server)));
      if (i >= 0) took.push(ms);
    }
    // On a busy machine the clock runs while we do not.
    const { user, system } = process.threadCpuUsage(before);
    return { ...quantiles(took), cpuMs: (user + system) / 1_000 / took.length };
  };
  return { read: await runs('read'), write: await runs('write') };
}

async function openLog() {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Bench' });
  await forTeam(team, (tx) =>
    tx.insert(calls).values({
      id,
      teamId: team,
      assistantId: 'asst_x',
      assistantName: 'Bench',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  const events = new EventWriter({
    clock: startClock(),
    append: (event) => appendCallEvent(team, id, event),
    onOverflow: () => {},
    onProblem: (code) => console.error(code),
  });
  return { id, events };
}

async function durableWrite() {
  const { id, events } = await openLog();
  const runtime = runtimeOf(atOnce, events, storedWrites(team, id), storedCircuits(team));
  const server = toolOf({ effect: 'write' });
  const took: number[] = [];
  for (let i = -warmUp; i < 400; i++) {
    const ms = await time(() => runToolCall(runtime, asked(server)));
    // What is written after the answer keeps no caller waiting.
    await events.drained(10_000);
    await runtime.writes.settled();
    if (i >= 0) took.push(ms);
  }
  return quantiles(took);
}

async function againstBareClient() {
  const everything = await startEverything('streamableHttp');
  const bare = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await bare.connect(new StreamableHTTPClientTransport(new URL(everything.url)));
  const session = await lastingSession(() =>
    openMcpSession({ server: { url: everything.url, auth: { type: 'none' }, era: null } }),
  );
  try {
    const { id, events } = await openLog();
    const runtime = runtimeOf(session, events, storedWrites(team, id), storedCircuits(team));
    const server = toolOf({ effect: 'read' }, 'echo');
    const took = { whole: [] as number[], bare: [] as number[] };
    const whole = () => time(() => runToolCall(runtime, asked(server, 'echo')));
    const direct = () => time(() => bare.callTool({ name: 'echo', arguments: asked(server).args }));
    for (let i = -warmUp; i < 400; i++) {
      // Each goes first every other time.
      const first = i % 2 === 0 ? await whole() : await direct();
      await events.drained(10_000);
      const second = i % 2 === 0 ? await direct() : await whole();
      await events.drained(10_000);
      if (i < 0) continue;
      took.whole.push(i % 2 === 0 ? first : second);
      took.bare.push(i % 2 === 0 ? second : first);
    }
    return { whole: quantiles(took.whole), bare: quantiles(took.bare) };
  } finally {
    await session.close();
    await bare.close();
    await everything.stop();
  }
}
