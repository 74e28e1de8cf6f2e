import { isAppError } from '#src/lib/app-error.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';

export type LiveServersOptions = {
  servers: readonly FrozenServer[];
  events: Pick<EventWriter, 'write'>;
  /** Opens a session; fetches the key on the way. Throws AppError. */
  open: (server: FrozenServer, signal: AbortSignal) => Promise<McpSession>;
  now: () => number;
};

type Live = { server: FrozenServer; session: Promise<McpSession> | null; quarantined: Set<string> };

/** The call's sessions with its live servers: opened in parallel behind the greeting, checked against what was approved. */
export class LiveServers {
  readonly #options: LiveServersOptions;
  readonly #live: ReadonlyMap<string, Live>;
  readonly #closing = new AbortController();

  constructor(options: LiveServersOptions) {
    this.#options = options;
    const used = options.servers.filter((server) => server.phase === 'live' && server.tools.length > 0);
    this.#live = new Map(used.map((server) => [server.id, { server, session: null, quarantined: new Set<string>() }]));
  }

  /** Begins to connect to all; answers at once. Their tools are on offer meanwhile. */
  connect(): void {
    for (const live of this.#live.values()) if (!live.session) this.#open(live);
  }

  /** True when the server's definition is not the one that was approved. */
  quarantined(serverId: string, tool: string): boolean {
    return this.#live.get(serverId)?.quarantined.has(tool) ?? false;
  }

  /** The session of a server. `fresh`, or a session that never came about, opens a new one. Throws AppError. */
  async session(serverId: string, { fresh, signal }: { fresh: boolean; signal: AbortSignal }): Promise<McpSession> {
    const live = this.#live.get(serverId);
    if (!live) throw new Error(`The call has no live server ${serverId}.`);
    const known = live.session;
    if (fresh) void known?.then((session) => session.close()).catch(() => {});
    if (!known || fresh) return this.#open(live);
    try {
      return await known;
    } catch {
      signal.throwIfAborted();
      return this.#open(live);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#live.values()].map(async (live) => (await live.session)?.close()));
  }

  #open(live: Live): Promise<McpSession> {
    const session = this.#connectOne(live);
    session.catch(() => {});
    live.session = session;
    return session;
  }

  async #connectOne(live: Live): Promise<McpSession> {
    const { events, now, open } = this.#options;
    const { server } = live;
    const names = { serverId: server.id, serverName: server.name };
    const started = now();
    try {
      const session = await open(server, this.#closing.signal);
      const offered = await this.#check(live, session);
      session.onToolsChanged(() => void this.#check(live, session).catch(() => {}));
      events.write('server-connected', {
        ...names,
        ms: now() - started,
        protocolVersion: session.protocolVersion,
        tools: offered,
      });
      return session;
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        const { code, message } = isAppError(error)
          ? error
          : { code: 'server-failed', message: 'The server could not be reached.' };
        events.write('server-failed', { ...names, ms: now() - started, code, message });
      }
      throw error;
    }
  }

  /** Compares each allowed tool with the definition that was approved (B6). Answers how many tools the server has. */
  async #check(live: Live, session: McpSession): Promise<number> {
    const { server, quarantined } = live;
    const offered = await session.listTools(this.#closing.signal);
    for (const { definition, hash } of server.tools) {
      const found = offered.find((tool) => tool.name === definition.name);
      const is = found ? definitionHash(found, session.instructions) : 'gone';
      if (is === hash) quarantined.delete(definition.name);
      else if (!quarantined.has(definition.name)) {
        quarantined.add(definition.name);
        this.#options.events.write('definition-quarantined', {
          serverId: server.id,
          serverName: server.name,
          tool: definition.name,
          was: hash,
          is,
        });
      }
    }
    return offered.length;
  }
}
