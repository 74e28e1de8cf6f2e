import { AppError } from '#src/lib/app-error.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import { type McpAuth, type ServerOffers, serverOffersSchema } from '#src/lib/mcp/mcp-server.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { counted } from '#src/lib/time-words.ts';
import { checkAddress, resolveHost } from '#src/server/mcp/address-guard.ts';
import { guardRules } from '#src/server/mcp/guarded-fetch.ts';
import { type LadderHooks, startLadder } from '#src/server/mcp/ladder.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import type { ServerAccess } from '#src/server/mcp/server-access.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { checkStdioAllowed } from '#src/server/mcp/transports/open-stdio.ts';
import type { McpEndpoint } from '#src/server/mcp/transports/target.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';
import { tryConnection } from '#src/server/mcp/try-connection.ts';

export type HandshakeOutcome = {
  handshake: Handshake;
  /** What was found, when all steps passed. */
  found: { era: 'modern' | 'legacy'; tools: ToolDefinition[]; offers: ServerOffers } | null;
};

export type HandshakeOptions = LadderHooks & {
  server: McpEndpoint & { auth: McpAuth };
  key?: string | null | undefined;
  /** Of a stored server; then `key` is not looked at. */
  access?: ServerAccess | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  signal?: AbortSignal | undefined;
  now?: Date;
};

const wholeTimeoutMs = 30_000;
const nothing: ServerOffers = serverOffersSchema.parse({});

/**
 * Runs the seven steps against a server, one after the other; `onStart` and `onStep` tell them live.
 * Nothing is sent before `policy` has passed. Never throws for what the server does: the failing step says it.
 */
export async function handshake(o: HandshakeOptions): Promise<HandshakeOutcome> {
  const began = performance.now();
  const { signal, stop } = limited(o.signal);
  const traffic = recordTraffic({ secrets: o.access?.secrets() ?? [o.key ?? null] });
  const ladder = startLadder(o, traffic);
  let session: McpSession | null = null;
  let tools: ToolDefinition[] = [];
  let offers = nothing;
  try {
    const opened = await openStepwise(o, ladder, traffic, signal);
    session = opened;
    await ladder.step(
      'capabilities',
      async () => Object.keys(opened.capabilities),
      (names) => names.join(', ') || 'none',
    );
    await ladder.step(
      'listing',
      () => abortable(signal, listAll(opened, signal)),
      (listed) => {
        ({ tools, offers } = listed);
        return listWords(listed);
      },
    );
  } catch (error) {
    if (!ladder.failed()) throw error;
  } finally {
    stop();
    await session?.close();
  }
  const ok = !ladder.failed();
  return {
    handshake: storableJson({
      ok,
      ms: Math.round(performance.now() - began),
      at: (o.now ?? new Date()).toISOString(),
      protocolVersion: session?.protocolVersion ?? null,
      server: session?.serverInfo ?? null,
      instructions: session?.instructions ?? null,
      capabilities: session?.capabilities ?? {},
      steps: ladder.steps(),
      tools: tools.length,
      resources: offers.resources.length,
      prompts: offers.prompts.length,
    }),
    found: ok && session ? { era: session.era, tools, offers } : null,
  };
}

type Ladder = ReturnType<typeof startLadder>;

/** The steps up to `protocol`, which differ by transport. */
async function openStepwise(
  o: HandshakeOptions,
  ladder: Ladder,
  traffic: ReturnType<typeof recordTraffic>,
  signal: AbortSignal,
): Promise<McpSession> {
  const { server, key, access, env } = o;
  const open = { server, key, access, env, traffic, signal };
  if (server.transport === 'stdio') {
    ladder.skip('address', 'a program on this machine');
    await ladder.step(
      'policy',
      async () => checkStdioAllowed(),
      () => 'programs are allowed on this machine',
    );
    return ladder.openProgram((onStarted) => openMcpSession({ ...open, onStarted }), protocolWords);
  }
  const url = new URL(server.url);
  const addresses = await ladder.step(
    'address',
    () => abortable(signal, resolveHost(url.hostname)),
    (found) => found.map((entry) => entry.address).join(', '),
  );
  await ladder.step(
    'policy',
    async () => {
      for (const { address } of addresses) checkAddress(url, address, guardRules());
    },
    () => `${url.protocol.slice(0, -1)}, port ${url.port || (url.protocol === 'https:' ? 443 : 80)}`,
  );
  await ladder.step(
    'connect',
    () => tryConnection(url, addresses, signal),
    (detail) => detail,
  );
  const rest = server.transport === 'rest';
  return ladder.open(
    server.auth.type,
    () => openMcpSession({ ...open, raw: server.rest?.rawForAssistants === true, checkKey: true }),
    rest ? () => 'plain REST, GET /health answered' : protocolWords,
  );
}

const protocolWords = ({ protocolVersion, era }: McpSession): string =>
  `${protocolVersion ?? 'unknown version'}, ${era === 'modern' ? 'stateless' : 'with handshake'}`;

async function listAll(
  session: McpSession,
  signal: AbortSignal,
): Promise<{ tools: ToolDefinition[]; offers: ServerOffers }> {
  const [tools, resources, resourceTemplates, prompts] = await Promise.all([
    session.listTools(signal),
    session.listResources(signal),
    session.listResourceTemplates(signal),
    session.listPrompts(signal),
  ]);
  return { tools, offers: { resources, resourceTemplates, prompts } };
}

function listWords({ tools, offers }: { tools: unknown[]; offers: ServerOffers }): string {
  const templates = offers.resourceTemplates.length;
  return [
    counted(tools.length, 'tool'),
    counted(offers.resources.length, 'resource'),
    ...(templates > 0 ? [counted(templates, 'template')] : []),
    counted(offers.prompts.length, 'prompt'),
  ].join(', ');
}

/** The person's signal and our limit as one, each with a reason that can be shown. */
function limited(from: AbortSignal | undefined): { signal: AbortSignal; stop: () => void } {
  const both = new AbortController();
  const cancel = () => both.abort(cancelled());
  const timer = setTimeout(() => both.abort(tooLong()), wholeTimeoutMs);
  if (from?.aborted) cancel();
  from?.addEventListener('abort', cancel, { once: true });
  return {
    signal: both.signal,
    stop: () => {
      clearTimeout(timer);
      from?.removeEventListener('abort', cancel);
    },
  };
}

/** What cannot be stopped is at least not waited for. */
function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const cancelled = () =>
  new AppError('cancelled', 'The check was cancelled.', { hint: 'Nothing is known of what comes after this step.' });
const tooLong = () =>
  new AppError('timed-out', `Connection timeout: the check took longer than ${wholeTimeoutMs / 1000} s.`, {
    hint: 'Check that the server is not overloaded.',
    retryable: true,
  });
