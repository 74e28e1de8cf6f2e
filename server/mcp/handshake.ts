import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { Handshake, HandshakeStep, HandshakeStepName } from '#src/lib/mcp/handshake.ts';
import { handshakeStepNames } from '#src/lib/mcp/handshake.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { checkAddress, resolveHost } from '#src/server/mcp/address-guard.ts';
import { guardRules, networkError } from '#src/server/mcp/guarded-fetch.ts';
import { type McpEndpoint, type McpSession, openMcpSession } from '#src/server/mcp/open-session.ts';
import type { ServerAccess } from '#src/server/mcp/server-access.ts';

export type HandshakeOutcome = {
  handshake: Handshake;
  /** What was found, when all steps passed. */
  found: { era: 'modern' | 'legacy'; tools: ToolDefinition[] } | null;
};

const connectTimeoutMs = 5_000;
const wholeTimeoutMs = 30_000;

/**
 * Runs the seven steps against a server, one after the other; each is told to `onStep` as it ends.
 * Nothing is sent before `policy` has passed. Never throws for what the server does: the failing step says it.
 */
export async function handshake(o: {
  server: McpEndpoint;
  key: string | null;
  /** Of a stored server; then `key` is not looked at. */
  access?: ServerAccess | undefined;
  onStep?: ((step: HandshakeStep) => void) | undefined;
  signal?: AbortSignal | undefined;
  now?: Date;
}): Promise<HandshakeOutcome> {
  const began = performance.now();
  const limit = AbortSignal.timeout(wholeTimeoutMs);
  const signal = o.signal ? AbortSignal.any([o.signal, limit]) : limit;
  const ladder = startLadder(o.onStep);
  let session: McpSession | null = null;
  let counts = { resources: 0, prompts: 0 };
  let tools: ToolDefinition[] = [];
  try {
    const url = new URL(o.server.url);
    const addresses = await ladder.step(
      'address',
      () => resolveHost(url.hostname),
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
      () => tryConnection(url, addresses[0]?.address ?? url.hostname, signal),
      (detail) => detail,
    );
    const opened = await ladder.open(o.server.auth.type, () =>
      openMcpSession({ server: o.server, key: o.key, access: o.access, signal }),
    );
    session = opened;
    await ladder.step(
      'capabilities',
      async () => Object.keys(opened.capabilities),
      (names) => names.join(', ') || 'none',
    );
    await ladder.list(async () => {
      const [listed, resources, prompts] = await Promise.all([
        opened.listTools(signal),
        opened.countResources(signal),
        opened.countPrompts(signal),
      ]);
      tools = listed;
      counts = { resources, prompts };
      return `${tools.length} tools, ${resources} resources, ${prompts} prompts`;
    });
  } catch (error) {
    if (!ladder.failed()) throw error;
  } finally {
    await session?.close();
  }
  const ok = !ladder.failed();
  return {
    handshake: {
      ok,
      ms: Math.round(performance.now() - began),
      at: (o.now ?? new Date()).toISOString(),
      protocolVersion: session?.protocolVersion ?? null,
      server: session?.serverInfo ?? null,
      instructions: session?.instructions ?? null,
      capabilities: session?.capabilities ?? {},
      steps: ladder.steps(),
      tools: tools.length,
      ...counts,
    },
    found: ok && session ? { era: session.era, tools } : null,
  };
}

/** Opens and closes a connection of its own, so that this step is timed apart from what is said on it. */
function tryConnection(url: URL, address: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const fail = (error: unknown) => {
      socket.destroy();
      reject(networkError(error, url));
    };
    const done = (detail: string) => {
      socket.destroy();
      resolve(detail);
    };
    const secure = url.protocol === 'https:';
    const socket = secure
      ? connectTls({ host: address, port, servername: url.hostname }, () => {
          const until = 'getPeerCertificate' in socket ? socket.getPeerCertificate().valid_to : '';
          done(`${'getProtocol' in socket ? socket.getProtocol() : 'TLS'}, certificate good until ${until}`);
        })
      : connectTcp({ host: address, port }, () => done('TCP'));
    socket.setTimeout(connectTimeoutMs, () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    signal.addEventListener('abort', () => fail(Object.assign(new Error('aborted'), { code: 'ETIMEDOUT' })), {
      once: true,
    });
  });
}

const authWords = {
  none: 'no key sent',
  'api-key': 'API key accepted',
  bearer: 'bearer token accepted',
  oauth: 'token accepted',
} as const;

/** Keeps the seven steps: what passed, what failed, what was not run. */
function startLadder(onStep: ((step: HandshakeStep) => void) | undefined) {
  const done = new Map<HandshakeStepName, HandshakeStep>();
  const put = (step: HandshakeStep) => {
    done.set(step.name, step);
    onStep?.(step);
  };
  const fail = (name: HandshakeStepName, ms: number, error: unknown): never => {
    const app = isAppError(error)
      ? error
      : new AppError('internal', 'The handshake could not be run.', {
          cause: error,
          hint: 'Try again; the log of Patchbay has more.',
        });
    put({
      name,
      state: 'failed',
      ms,
      error: { code: app.code, message: app.message, hint: app.hint ?? '', ...(app.raw ? { raw: app.raw } : {}) },
    });
    throw error;
  };
  const timed = async <T>(name: HandshakeStepName, work: () => Promise<T>): Promise<{ value: T; ms: number }> => {
    const from = performance.now();
    try {
      const value = await work();
      return { value, ms: roundMs(performance.now() - from) };
    } catch (error) {
      return fail(isRefusal(error) ? 'authentication' : name, roundMs(performance.now() - from), error);
    }
  };
  return {
    async step<T>(name: HandshakeStepName, work: () => Promise<T>, detail: (value: T) => string): Promise<T> {
      const { value, ms } = await timed(name, work);
      put({ name, state: 'passed', ms, detail: detail(value) });
      return value;
    },
    /** The first protocol request serves two steps: it shows that the key is taken and which version is spoken. */
    async open(auth: keyof typeof authWords, work: () => Promise<McpSession>): Promise<McpSession> {
      const from = performance.now();
      try {
        const session = await work();
        const ms = roundMs(performance.now() - from);
        put({ name: 'authentication', state: 'passed', ms: 0, detail: authWords[auth] });
        put({
          name: 'protocol',
          state: 'passed',
          ms,
          detail: `${session.protocolVersion ?? 'unknown version'}, ${session.era === 'modern' ? 'stateless' : 'with handshake'}`,
        });
        return session;
      } catch (error) {
        const ms = roundMs(performance.now() - from);
        if (isRefusal(error)) return fail('authentication', ms, error);
        put({ name: 'authentication', state: 'skipped', ms: 0 });
        return fail('protocol', ms, error);
      }
    },
    /** A server may let anyone in and ask for the key only when it lists: then it is the key that failed. */
    async list(work: () => Promise<string>): Promise<void> {
      const { value, ms } = await timed('listing', work);
      put({ name: 'listing', state: 'passed', ms, detail: value });
    },
    failed: () => [...done.values()].some((step) => step.state === 'failed'),
    steps: (): HandshakeStep[] => handshakeStepNames.map((name) => done.get(name) ?? { name, state: 'not-run', ms: 0 }),
  };
}

const isRefusal = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'unauthorised' || error.code.startsWith('oauth-'));
const roundMs = (ms: number): number => Math.round(ms * 10) / 10;
