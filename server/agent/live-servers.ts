import { isAppError } from '#src/lib/app-error.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import type { FrozenTool } from '#src/server/tools/tool-runtime.ts';

export type LiveServersOptions = {
  servers: readonly FrozenServer[];
  events: Pick<EventWriter, 'write'>;
  /** Opens a session; fetches the key on the way. Throws AppError. */
  open: (server: FrozenServer, signal: AbortSignal) => Promise<McpSession>;
  now: () => number;
  /** Of what a server lists beside the pinned tools (`unknown`): those that the operator allowed already. */
  admit?: (
    server: FrozenServer,
    o: { listed: ToolDefinition[]; unknown: string[]; instructions: string | null },
  ) => Promise<FrozenTool[]>;
  /** Told of each new session. */
  opened?: (server: FrozenServer, session: McpSession) => void;
  /** Told when there is none. */
  failed?: (server: FrozenServer, failure: { code: string; message: string }) => void;
};

const lookPauseMs = 500;

type Live = {
  server: FrozenServer;
  session: Promise<McpSession> | null;
  /** Tools that are not offered: changed since the approval, or not listed any more. */
  changed: Set<string>;
  gone: Set<string>;
  /** One look at the list after the other. */
  looking: Promise<unknown>;
  /** A look that is due: however often a server says that its list changed, it is looked at twice a second at most. */
  due: NodeJS.Timeout | undefined;
};

/** The call's sessions with its live servers: opened in parallel behind the greeting, checked against what was approved. */
export class LiveServers {
  readonly #options: LiveServersOptions;
  readonly #live: ReadonlyMap<string, Live>;
  readonly #closing = new AbortController();

  constructor(options: LiveServersOptions) {
    this.#options = options;
    const used = options.servers.filter((server) => server.phase === 'live');
    this.#live = new Map(
      used.map((server) => [
        server.id,
        { server, session: null, changed: new Set(), gone: new Set(), looking: Promise.resolve(), due: undefined },
      ]),
    );
  }

  /** Begins to connect to all; answers at once. Their tools are on offer meanwhile. */
  connect(): void {
    for (const live of this.#live.values()) if (!live.session) this.#open(live);
  }

  /** True when the server's definition is not the one that was approved, or the server does not list it now. */
  quarantined(serverId: string, tool: string): boolean {
    const live = this.#live.get(serverId);
    return live !== undefined && (live.changed.has(tool) || live.gone.has(tool));
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
    for (const { due } of this.#live.values()) clearTimeout(due);
    await Promise.allSettled([...this.#live.values()].map(async (live) => (await live.session)?.close()));
  }

  #open(live: Live): Promise<McpSession> {
    const session = this.#connectOne(live);
    session.catch(() => {});
    live.session = session;
    return session;
  }

  async #connectOne(live: Live): Promise<McpSession> {
    const { events, now, open, opened, failed } = this.#options;
    const { server } = live;
    const names = { serverId: server.id, serverName: server.name };
    const started = now();
    try {
      const session = await open(server, this.#closing.signal);
      const offered = await this.#look(live, session);
      session.onToolsChanged(() => this.#lookSoon(live, session));
      events.write('server-connected', {
        ...names,
        ms: now() - started,
        protocolVersion: session.protocolVersion,
        tools: offered,
      });
      opened?.(server, session);
      return session;
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        const { code, message } = isAppError(error)
          ? error
          : { code: 'server-failed', message: 'The server could not be reached.' };
        events.write('server-failed', { ...names, ms: now() - started, code, message });
        failed?.(server, { code, message });
      }
      throw error;
    }
  }

  #lookSoon(live: Live, session: McpSession): void {
    live.due ??= setTimeout(() => {
      live.due = undefined;
      this.#look(live, session).catch(() => {});
    }, lookPauseMs);
  }

  #look(live: Live, session: McpSession): Promise<number> {
    const looked = live.looking.then(() => this.#check(live, session));
    live.looking = looked.catch(() => {});
    return looked;
  }

  /**
   * Compares each allowed tool with the definition that was approved (B6), and takes in what the operator allowed and the server
   * lists only now. Answers how many tools the server has.
   */
  async #check(live: Live, session: McpSession): Promise<number> {
    const { server, changed, gone } = live;
    const { events, admit } = this.#options;
    const names = { serverId: server.id, serverName: server.name };
    const listed = await session.listTools(this.#closing.signal);
    const before = this.#offered(live);
    for (const { definition, hash } of server.tools) {
      const { name } = definition;
      const found = listed.find((tool) => tool.name === name);
      if (!found) {
        gone.add(name);
        continue;
      }
      gone.delete(name);
      const is = definitionHash(found, session.instructions);
      if (is === hash) changed.delete(name);
      else if (!changed.has(name)) {
        changed.add(name);
        events.write('definition-quarantined', { ...names, tool: name, was: hash, is });
      }
    }
    const unknown = listed
      .map(({ name }) => name)
      .filter((name) => !server.tools.some((tool) => tool.definition.name === name));
    if (admit && unknown.length > 0) {
      const { instructions } = session;
      server.tools.push(...(await admit(server, { listed, unknown, instructions }).catch(() => [])));
    }
    const after = this.#offered(live);
    const offered = after.filter((name) => !before.includes(name));
    // What was quarantined has an event of its own.
    const withdrawn = before.filter((name) => !after.includes(name) && !changed.has(name));
    if (offered.length > 0 || withdrawn.length > 0) events.write('tools-changed', { ...names, offered, withdrawn });
    return listed.length;
  }

  #offered({ server, changed, gone }: Live): string[] {
    return server.tools
      .filter(({ policy, definition }) => policy.allowed && !changed.has(definition.name) && !gone.has(definition.name))
      .map(({ definition }) => definition.name);
  }
}
