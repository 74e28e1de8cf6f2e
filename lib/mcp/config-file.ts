import { z } from 'zod';
import type { ConfigProblem, ConfiguredServer, Entry } from '#src/lib/mcp/config-file/configured-server.ts';
import { ownServers } from '#src/lib/mcp/config-file/own-file.ts';
import type { Values } from '#src/lib/mcp/config-file/placeholders.ts';
import { readEntry } from '#src/lib/mcp/config-file/read-entry.ts';
import { readJson } from '#src/lib/mcp/config-file/read-json.ts';

export type ConfigFile = {
  servers: ConfiguredServer[];
  problems: ConfigProblem[];
  /** Placeholders that need a value before their servers can be added. */
  needs: string[];
};

const mostServers = 100;
const entries = z.record(z.string(), z.unknown());

/**
 * Reads the servers of a configuration file: `mcp.json` as Claude, Cursor (`mcpServers`) and VS Code (`servers`) write it, the
 * `mcp` block of a voice bot (X2), or Patchbay's own export. What cannot be taken over is named with its place in the file;
 * the rest is read all the same.
 */
export function readConfigFile(text: string, values: Values = {}): ConfigFile {
  const needs = new Set<string>();
  const problems: ConfigProblem[] = [];
  const found = findEntries(text, problems);
  if (found.length > mostServers)
    problems.push({ path: '', message: `The file has ${found.length} servers; the first ${mostServers} are taken.` });
  const servers = found.slice(0, mostServers).flatMap((entry): ConfiguredServer[] => {
    const read = readEntry(entry, values);
    for (const name of read.needs) needs.add(name);
    problems.push(...read.problems);
    return read.server ? [{ ...read.server, path: entry.path }] : [];
  });
  return { servers, problems, needs: [...needs] };
}

function findEntries(text: string, problems: ConfigProblem[]): Entry[] {
  const file = parse(text, problems);
  if (file === null) return [];
  if ('patchbay' in file) return ownServers(file, problems);
  const found = [...named(file, 'mcpServers'), ...named(file, 'servers'), ...block(file.mcp)];
  if (found.length === 0 && problems.length === 0)
    problems.push({
      path: '',
      message:
        'There are no servers in this file. It needs `mcpServers`, `servers`, or an `mcp` block with a `command`.',
    });
  return found;
}

function parse(text: string, problems: ConfigProblem[]): Record<string, unknown> | null {
  try {
    const file = entries.safeParse(readJson(text));
    if (file.success) return file.data;
    problems.push({ path: '', message: 'The file has to be a JSON object.' });
  } catch (error) {
    const where = error instanceof Error ? /at position \d+|line \d+ column \d+/.exec(error.message)?.[0] : undefined;
    problems.push({ path: '', message: `The file is not JSON${where ? `, ${where}` : ''}.` });
  }
  return null;
}

/** `{name: {…}}`, as `mcp.json` has it. */
function named(file: Record<string, unknown>, key: string): Entry[] {
  const servers = entries.safeParse(file[key]);
  if (!servers.success) return [];
  return Object.entries(servers.data).map(([name, value]) => ({
    path: `${key}.${name}`,
    name,
    value,
    kind: 'mcp-json',
  }));
}

/** `mcp: {command, args, tools_filter}`, or a list of such; VS Code's settings have `mcp: {servers: {…}}`. */
function block(mcp: unknown): Entry[] {
  if (Array.isArray(mcp)) return mcp.map((value, at) => ({ path: `mcp[${at}]`, name: null, value, kind: 'block' }));
  const inside = entries.safeParse(mcp);
  if (!inside.success) return [];
  if ('command' in inside.data || 'url' in inside.data) return [{ path: 'mcp', name: null, value: mcp, kind: 'block' }];
  return [...named(inside.data, 'mcpServers'), ...named(inside.data, 'servers')].map((entry) => ({
    ...entry,
    path: `mcp.${entry.path}`,
  }));
}
