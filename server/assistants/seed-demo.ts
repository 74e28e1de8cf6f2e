import { eq } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import type { AfterCallPlan } from '#src/lib/mcp/after-call-plan.ts';
import type { McpServerInput } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { createAssistant, publishAssistant } from '#src/server/assistants/write-assistants.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { assistants, mcpServers } from '#src/server/db/schema.ts';
import { listServerTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer } from '#src/server/mcp/save-server.ts';

const greeting = 'Trattoria Luigi, good evening. Would you like to order, or book a table?';
const instructions = [
  'You are Luigi. You answer the phone at Trattoria Luigi in Rome.',
  'Take orders to take away, and book tables. Nothing else.',
  'Say at most two sentences, then let the caller speak.',
  'Before you place, change or book anything, read it back and ask.',
].join('\n');
const rehearsalPhrases = [
  'how many margherita pizzas are left',
  'what is on the menu',
  'i would like to order two margherita pizzas',
  'i would like to book a table',
  'is there a free table tomorrow',
  'please cancel my order',
  'thank you goodbye',
];

const sheetPlan: AfterCallPlan = {
  tool: 'append_row',
  arguments: {
    date: { from: 'startedAt' },
    caller: { from: 'caller' },
    assistant: { from: 'assistant' },
    summary: { from: 'summary' },
    duration: { from: 'durationSeconds' },
  },
};

/**
 * Gives a team the demo: two servers for the call, one for after it, a published Luigi. What only reads is taken from the servers'
 * hints.
 */
export async function seedDemo(teamId: string): Promise<void> {
  const { demo } = config();
  if (!demo)
    throw new AppError('no-demo', 'The demo servers do not run here.', {
      hint: 'Start with `npm start`, or leave the demo out.',
    });
  const tools = [
    await addDemoServer(teamId, {
      name: 'POS · Trattoria',
      url: demo.posUrl,
      auth: { type: 'api-key', in: 'header', name: 'x-api-key', key: demo.key },
    }),
    await addDemoServer(teamId, { name: 'Bookings', url: demo.bookingsUrl, auth: { type: 'bearer', key: demo.key } }),
    await addDemoServer(teamId, {
      name: 'Sheet log',
      url: demo.sheetUrl,
      auth: { type: 'api-key', in: 'header', name: 'x-api-key', key: demo.key },
      phase: 'after-call',
      afterCall: sheetPlan,
    }),
  ];
  const luigi = await createAssistant(
    teamId,
    { name: 'Luigi', instructions, greeting, rehearsalPhrases, tools },
    { demo: true },
  );
  await publishAssistant(teamId, luigi.id, null);
}

/** Brings the demo back to how it began: assistants and servers of the demo, and what is stored in the demo servers. Own ones stay. */
export async function resetDemo(teamId: string): Promise<void> {
  const { demo } = config();
  if (!demo) throw new AppError('no-demo', 'The demo servers do not run here.', { hint: 'Start with `npm start`.' });
  await Promise.all([
    resetStore(demo.posUrl, { 'x-api-key': demo.key }),
    resetStore(demo.bookingsUrl, { authorization: `Bearer ${demo.key}` }),
    resetStore(demo.sheetUrl, { 'x-api-key': demo.key }),
  ]);
  await forTeam(teamId, async (tx) => {
    await tx.update(assistants).set({ deletedAt: new Date() }).where(eq(assistants.demo, true));
    await tx.update(mcpServers).set({ deletedAt: new Date() }).where(eq(mcpServers.demo, true));
  });
  await seedDemo(teamId);
}

async function addDemoServer(
  teamId: string,
  input: Pick<McpServerInput, 'name' | 'url' | 'auth' | 'phase' | 'afterCall'>,
): Promise<{ serverId: string; tools: string[] }> {
  const server = await createServer(teamId, input, { demo: true });
  const result = await runHandshake(teamId, server.id);
  if (!result.ok)
    throw new AppError('demo-away', `The demo server ${input.name} does not answer.`, {
      status: 503,
      retryable: true,
      hint: 'Try again in a moment.',
    });
  const tools = await listServerTools(teamId, server.id);
  for (const tool of tools)
    await setToolPolicy(
      teamId,
      server.id,
      tool.definition.name,
      demoPolicy(tool.definition.annotations?.readOnlyHint === true),
    );
  return { serverId: server.id, tools: tools.map((tool) => tool.definition.name) };
}

const demoPolicy = (readOnly: boolean): ToolPolicy =>
  readOnly
    ? { ...newToolPolicy, allowed: true, effect: 'read', confirmation: 'never', retries: 1 }
    : { ...newToolPolicy, allowed: true };

async function resetStore(mcpUrl: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(new URL('/reset', mcpUrl), {
    method: 'POST',
    headers,
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  if (!response?.ok)
    throw new AppError('demo-away', 'A demo server does not answer.', {
      status: 503,
      retryable: true,
      hint: 'Try again in a moment.',
    });
}
