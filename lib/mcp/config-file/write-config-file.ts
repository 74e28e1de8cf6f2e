import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

export type ExportedServer = { server: McpServer; policies: Record<string, ToolPolicy> };

/**
 * Patchbay's own file of some servers, as JSON. No secret is in it: a key is written as a placeholder such as `${TILL_KEY}`, a variable
 * of a stdio server as its own name.
 */
export function writeConfigFile(servers: readonly ExportedServer[]): string {
  return `${JSON.stringify({ patchbay: 1, servers: servers.map(written) }, null, 2)}\n`;
}

function written({ server, policies }: ExportedServer): Record<string, unknown> {
  const { name, transport, url, stdio, envNames, rest, phase, limits, watchMinutes, toolsFilter } = server;
  const env = Object.fromEntries(envNames.map((variable) => [variable, `\${${variable}}`]));
  const set = Object.fromEntries(
    Object.entries(policies).flatMap(([tool, policy]) => changed(tool, policy, toolsFilter.length > 0)),
  );
  return {
    name,
    transport,
    ...(stdio ? { ...stdio, ...(envNames.length > 0 ? { env } : {}) } : { url, auth: authOf(server) }),
    ...(rest ? { rest } : {}),
    phase,
    limits,
    watchMinutes,
    // Left out when empty: given, even empty, it would allow every tool.
    ...(toolsFilter.length > 0 ? { toolsFilter } : {}),
    ...(Object.keys(set).length > 0 ? { policies: set } : {}),
  };
}

function authOf({ name, auth }: McpServer): Record<string, unknown> {
  if (auth.type === 'none') return { type: 'none' };
  const { hasKey, ...shown } = auth;
  const { connected: _, ...kept } = { connected: false, ...shown };
  return hasKey ? { ...kept, key: `\${${placeholderOf(name)}}` } : kept;
}

function placeholderOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return `${/^[A-Z]/.test(plain) ? plain : `SERVER_${plain}`}_KEY`.replace('__', '_');
}

/** What differs from a new tool's policy. A filter allows what it names on import: there, what is off has to say so. */
function changed(tool: string, policy: ToolPolicy, filtered: boolean): [string, Record<string, unknown>][] {
  const fresh = new Map<string, unknown>(Object.entries(newToolPolicy));
  const different = Object.entries(policy).filter(
    ([field, value]) => fresh.get(field) !== value || (field === 'allowed' && filtered),
  );
  return different.length > 0 ? [[tool, Object.fromEntries(different)]] : [];
}
