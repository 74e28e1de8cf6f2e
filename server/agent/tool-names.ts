import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { FrozenTool } from '#src/server/tools/tool-runtime.ts';

export type NamedTool = { name: string; server: FrozenServer; tool: FrozenTool };

/**
 * The names under which a model may call the tools of all servers: its own alphabet, at most 64 characters, no two alike.
 * A tool keeps its own name where it can; where two servers have the same, the server's name goes before it.
 */
export function nameTools(servers: readonly FrozenServer[]): NamedTool[] {
  const offered = servers
    .filter((server) => server.phase === 'live')
    .flatMap((server) => server.tools.filter((tool) => tool.policy.allowed).map((tool) => ({ server, tool })));
  const taken = new Set<string>();
  const plain = offered.map(({ tool }) => callable(tool.definition.name));
  return offered.map(({ server, tool }, at) => {
    const own = plain[at] ?? 'tool';
    const shared = plain.filter((name) => name === own).length > 1;
    const wanted = shared ? callable(`${server.name}_${tool.definition.name}`) : own;
    const name = free(wanted, taken);
    taken.add(name);
    return { name, server, tool };
  });
}

/** A name for a tool that came later: its own where that is free, else with the server's before it. */
export function freeName(server: FrozenServer, tool: FrozenTool, taken: ReadonlySet<string>): string {
  const own = callable(tool.definition.name);
  return taken.has(own) ? free(callable(`${server.name}_${tool.definition.name}`), taken) : own;
}

function callable(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 60) || 'tool';
}

function free(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name}_${n}`)) return `${name}_${n}`;
}
