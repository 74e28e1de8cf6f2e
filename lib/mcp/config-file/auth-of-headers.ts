import type { McpAuthInput } from '#src/lib/mcp/mcp-server.ts';

export type FoundAuth = {
  auth: McpAuthInput;
  /** Headers that were not taken over: a server has one key. */
  left: string[];
};

/** Said with every request anyway. */
const ours = /^(accept|content-type|user-agent|mcp-protocol-version|accept-language)$/i;
const keyLike = /(key|token|secret|auth)/i;

/** The key among the headers of a configured server: `Authorization: Bearer …` first, then whatever looks like a key. */
export function authOfHeaders(headers: Readonly<Record<string, string>>): FoundAuth {
  const entries = Object.entries(headers).filter(([name]) => !ours.test(name));
  const best =
    entries.find(([name]) => /^authorization$/i.test(name)) ??
    entries.find(([name]) => keyLike.test(name)) ??
    (entries.length === 1 ? entries[0] : undefined);
  if (!best) return { auth: { type: 'none' }, left: entries.map(([name]) => name) };
  const [name, value] = best;
  const bearer = /^authorization$/i.test(name) ? /^bearer\s+(.*)$/is.exec(value.trim())?.[1] : undefined;
  return {
    auth: bearer === undefined ? { type: 'api-key', in: 'header', name, key: value } : { type: 'bearer', key: bearer },
    left: entries.filter(([other]) => other !== name).map(([other]) => other),
  };
}

/** A key in the address goes into its own field, where it is stored encrypted and never shown. */
export function authOfUrl(url: string): { url: string; auth: McpAuthInput } | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  for (const [name, key] of parsed.searchParams) {
    if (!/^(api[-_]?key|key|token|access[-_]?token|auth)$/i.test(name) || key === '') continue;
    parsed.searchParams.delete(name);
    return { url: parsed.href, auth: { type: 'api-key', in: 'query', name, key } };
  }
  return null;
}
