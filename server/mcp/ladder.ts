import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { type HandshakeStep, type HandshakeStepName, handshakeStepNames } from '#src/lib/mcp/handshake.ts';
import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import type { Traffic } from '#src/server/mcp/transports/traffic.ts';

export type LadderHooks = {
  onStart?: ((name: HandshakeStepName) => void) | undefined;
  onStep?: ((step: HandshakeStep) => void) | undefined;
};

const authWords: Record<McpAuth['type'], string> = {
  none: 'no key sent',
  'api-key': 'API key accepted',
  bearer: 'bearer token accepted',
  oauth: 'token accepted',
};

/** Keeps the seven steps: what passed, what failed, what was not run, each with its time and what went over the wire in it. */
export function startLadder(hooks: LadderHooks, traffic: Traffic) {
  const done = new Map<HandshakeStepName, HandshakeStep>();
  const put = (step: Omit<HandshakeStep, 'exchanges'>, exchanges: Exchange[] = []) => {
    const whole = { ...step, exchanges };
    done.set(step.name, whole);
    hooks.onStep?.(whole);
  };
  const begin = (name: HandshakeStepName) => {
    hooks.onStart?.(name);
    const from = performance.now();
    const mark = traffic.count();
    return { ms: () => Math.round((performance.now() - from) * 10) / 10, exchanges: () => traffic.since(mark) };
  };
  const fail = (name: HandshakeStepName, ms: number, error: unknown, exchanges: Exchange[]): never => {
    put({ name, state: 'failed', ms, error: stepError(error) }, exchanges);
    throw error;
  };
  return {
    /** Runs one step. A refused key is the fault of `authentication`, wherever it shows. */
    async step<T>(name: HandshakeStepName, work: () => Promise<T>, detail: (value: T) => string): Promise<T> {
      const running = begin(name);
      try {
        const value = await work();
        put({ name, state: 'passed', ms: running.ms(), detail: detail(value) }, running.exchanges());
        return value;
      } catch (error) {
        return fail(isRefusal(error) ? 'authentication' : name, running.ms(), error, running.exchanges());
      }
    },
    skip(name: HandshakeStepName, detail: string): void {
      put({ name, state: 'skipped', ms: 0, detail });
    },
    /** The first protocol request serves two steps: it shows that the key is taken and which version is spoken. */
    async open(auth: McpAuth['type'], work: () => Promise<McpSession>, detail: (session: McpSession) => string) {
      const running = begin('authentication');
      try {
        const session = await work();
        const ms = running.ms();
        const [signingIn, speaking] = apart(running.exchanges());
        put({ name: 'authentication', state: 'passed', ms: 0, detail: authWords[auth] }, signingIn);
        put({ name: 'protocol', state: 'passed', ms, detail: detail(session) }, speaking);
        return session;
      } catch (error) {
        if (isRefusal(error)) return fail('authentication', running.ms(), error, running.exchanges());
        put({ name: 'authentication', state: 'skipped', ms: 0 });
        return fail('protocol', running.ms(), error, running.exchanges());
      }
    },
    /** The same for a program: it starts, then it speaks; nobody is asked for a key. `work` says when it has started. */
    async openProgram(
      work: (started: () => void) => Promise<McpSession>,
      detail: (session: McpSession) => string,
    ): Promise<McpSession> {
      const starting = begin('connect');
      let speaking: ReturnType<typeof begin> | null = null;
      const started = () => {
        if (speaking) return; // a second attempt of the same program
        put({ name: 'connect', state: 'passed', ms: starting.ms(), detail: 'the program started' });
        put({ name: 'authentication', state: 'skipped', ms: 0, detail: 'a program on this machine' });
        speaking = begin('protocol');
      };
      try {
        const session = await work(started);
        started();
        put({ name: 'protocol', state: 'passed', ms: starting.ms(), detail: detail(session) }, starting.exchanges());
        return session;
      } catch (error) {
        return fail(speaking ? 'protocol' : 'connect', starting.ms(), error, starting.exchanges());
      }
    },
    failed: () => [...done.values()].some((step) => step.state === 'failed'),
    steps: (): HandshakeStep[] => handshakeStepNames.map((name) => done.get(name) ?? { name, state: 'not-run', ms: 0 }),
  };
}

/** What belongs to signing in (metadata, tokens, refusals), and what is MCP. */
function apart(exchanges: Exchange[]): [Exchange[], Exchange[]] {
  const signsIn = ({ rpc, response }: Exchange) =>
    (rpc === null && response !== null) || response?.status === 401 || response?.status === 403;
  return [exchanges.filter(signsIn), exchanges.filter((exchange) => !signsIn(exchange))];
}

function stepError(error: unknown): NonNullable<HandshakeStep['error']> {
  const app = isAppError(error)
    ? error
    : new AppError('internal', 'The handshake could not be run.', {
        hint: 'Try again; the log of Patchbay has more.',
      });
  return { code: app.code, message: app.message, hint: app.hint ?? '', ...(app.raw ? { raw: app.raw } : {}) };
}

const isRefusal = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'unauthorised' || error.code.startsWith('oauth-'));
