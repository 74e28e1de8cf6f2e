import { isAppError } from '#src/lib/app-error.ts';
import { isLostSession } from '#src/server/mcp/mcp-error.ts';
import type { ContextChange, McpSession } from '#src/server/mcp/mcp-session.ts';

/**
 * A session that outlives its connection: after a drop, a restarted server or an expired session it connects afresh. What only
 * reads the lists, a resource or a prompt is then asked again; a tool call is not, because nobody here knows whether it was a
 * write that arrived (V13). Whoever watches the tools is told after each new connection: they may be others now.
 * Throws what `open` throws.
 */
export async function lastingSession(open: () => Promise<McpSession>): Promise<McpSession> {
  const listeners: (() => void)[] = [];
  const contexts: { uris: readonly string[]; listener: (change: ContextChange) => void }[] = [];
  let closed = false;
  let latest = await open();
  let opening: Promise<McpSession> | null = null;
  const dead = new WeakSet<McpSession>();

  const reopen = async (): Promise<McpSession> => {
    await latest.close();
    latest = await open();
    if (closed) await latest.close();
    for (const listener of listeners) latest.onToolsChanged(listener);
    for (const { uris, listener } of contexts) latest.onContextChanged(uris, listener);
    queueMicrotask(() => {
      for (const listener of listeners) listener();
      for (const { listener } of contexts) {
        listener({ kind: 'resources' });
        listener({ kind: 'prompts' });
      }
    });
    return latest;
  };
  /** One new connection for all who wait; a failed one leaves it to the next to try again. */
  const live = (): Promise<McpSession> => {
    if (closed || (!opening && !dead.has(latest))) return Promise.resolve(latest);
    opening ??= reopen().finally(() => {
      opening = null;
    });
    return opening;
  };
  const watched = async <T>(session: McpSession, work: (session: McpSession) => Promise<T>): Promise<T> => {
    try {
      return await work(session);
    } catch (error) {
      if (isAppError(error) && isLostSession(error)) dead.add(session);
      throw error;
    }
  };
  const once = async <T>(work: (session: McpSession) => Promise<T>): Promise<T> => watched(await live(), work);
  const read = async <T>(work: (session: McpSession) => Promise<T>): Promise<T> => {
    try {
      return await once(work);
    } catch (error) {
      if (closed || !isAppError(error) || !isLostSession(error)) throw error;
      return once(work);
    }
  };
  return {
    get era() {
      return latest.era;
    },
    get protocolVersion() {
      return latest.protocolVersion;
    },
    get serverInfo() {
      return latest.serverInfo;
    },
    get instructions() {
      return latest.instructions;
    },
    get capabilities() {
      return latest.capabilities;
    },
    listTools: (signal) => read((session) => session.listTools(signal)),
    listResources: (signal) => read((session) => session.listResources(signal)),
    listResourceTemplates: (signal) => read((session) => session.listResourceTemplates(signal)),
    listPrompts: (signal) => read((session) => session.listPrompts(signal)),
    readResource: (uri, signal) => read((session) => session.readResource(uri, signal)),
    getPrompt: (name, args, signal) => read((session) => session.getPrompt(name, args, signal)),
    callTool: (name, args, options) => once((session) => session.callTool(name, args, options)),
    onToolsChanged: (listener) => {
      listeners.push(listener);
      latest.onToolsChanged(listener);
    },
    onContextChanged: (uris, listener) => {
      contexts.push({ uris, listener });
      latest.onContextChanged(uris, listener);
    },
    close: async () => {
      closed = true;
      await latest.close();
    },
  };
}
