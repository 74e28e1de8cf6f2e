import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import { freeName, type NamedTool, nameTools } from '#src/server/agent/tool-names.ts';

/**
 * The tools that the model is offered at each turn: a server may drop one in mid-call, or list one that was allowed beforehand (V2).
 * A name, once given, stays: the conversation speaks of it. Answers the same array while nothing has changed.
 */
export function offeredTools(
  servers: readonly FrozenServer[],
  withheld: (serverId: string, tool: string) => boolean,
): () => readonly NamedTool[] {
  const known: NamedTool[] = nameTools(servers);
  const names = new Set(known.map(({ name }) => name));
  let last: readonly NamedTool[] = known;
  return () => {
    for (const server of servers.filter(({ phase }) => phase === 'live'))
      for (const tool of server.tools) {
        if (!tool.policy.allowed || known.some((one) => one.tool === tool)) continue;
        const name = freeName(server, tool, names);
        names.add(name);
        known.push({ name, server, tool });
      }
    const now = known.filter(({ server, tool }) => !withheld(server.id, tool.definition.name));
    if (now.length !== last.length || now.some((one, at) => one !== last[at])) last = now;
    return last;
  };
}

/** What is made of a value, made anew only when the value is another one. */
export function whileSame<T, R>(current: () => T, make: (value: T) => R): () => R {
  let last: { value: T; made: R } | null = null;
  return () => {
    const value = current();
    if (last?.value !== value) last = { value, made: make(value) };
    return last.made;
  };
}

/** The tools as the rehearsal knows them. */
export function rehearsalTools(offered: () => readonly NamedTool[]): () => readonly RehearsalTool[] {
  return whileSame(offered, (named) =>
    named.map(({ name, tool }) => ({ key: name, definition: tool.definition, effect: tool.policy.effect })),
  );
}
