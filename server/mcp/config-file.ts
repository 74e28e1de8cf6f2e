import type { ConfigProblem, ConfiguredServer } from '#src/lib/mcp/config-file/configured-server.ts';
import type { Values } from '#src/lib/mcp/config-file/placeholders.ts';
import { writeConfigFile } from '#src/lib/mcp/config-file/write-config-file.ts';
import { type ConfigFile, readConfigFile } from '#src/lib/mcp/config-file.ts';
import { toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { cataloguedTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer } from '#src/server/mcp/save-server.ts';

/** What became of one server of the file. */
export type ImportedServer = {
  id: string;
  name: string;
  /** Of its first handshake; it is there all the same when that failed. */
  ok: boolean;
  tools: number;
  /** Names in its `tools_filter` that it does not list. */
  unmatched: string[];
};
export type Imported = { created: ImportedServer[]; problems: ConfigProblem[]; needs: string[] };

/**
 * Adds the servers of a configuration file (`readConfigFile` says which kinds), runs the handshake of each, and sets their policies.
 * `values` stand for placeholders such as `${TILL_KEY}`; no environment is read. A server whose name the team has already is
 * left out and named.
 */
export async function importServers(teamId: string, text: string, values: Values = {}): Promise<Imported> {
  const { servers, problems, needs }: ConfigFile = readConfigFile(text, values);
  const taken = new Set((await listServers(teamId)).map(({ name }) => name));
  const created: ImportedServer[] = [];
  const queue = servers.filter(({ path, input }) => {
    const name = input.name.trim();
    if (taken.has(name))
      problems.push({ path, message: 'The team has a server of this name already; it is left out.' });
    const fresh = !taken.has(name);
    taken.add(name);
    return fresh;
  });
  const inFile = queue.map(({ input }) => input.name.trim());
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        created.push(await importServer(teamId, next, problems));
    }),
  );
  created.sort((a, b) => inFile.indexOf(a.name) - inFile.indexOf(b.name));
  return { created, problems, needs };
}

async function importServer(
  teamId: string,
  { path, input, policies }: ConfiguredServer,
  problems: ConfigProblem[],
): Promise<ImportedServer> {
  const { id, name } = await createServer(teamId, input);
  const { ok, tools, unmatchedFilter: unmatched = [] } = await runHandshake(teamId, id);
  for (const tool of unmatched)
    problems.push({ path: `${path}.tools_filter`, message: `${name} has no tool ${tool}: this name matches nothing.` });
  const wanted = Object.entries(policies);
  if (wanted.length > 0 && !ok)
    problems.push({
      path: `${path}.policies`,
      message: `The handshake of ${name} failed, so its policies were not set.`,
    });
  if (wanted.length === 0 || !ok) return { id, name, ok, tools, unmatched };
  const listed = new Map(
    (await forTeam(teamId, (tx) => cataloguedTools(tx, id))).map((tool) => [tool.definition.name, tool.policy]),
  );
  for (const [tool, patch] of wanted) {
    const policy = listed.get(tool);
    if (policy) await setToolPolicy(teamId, id, tool, toolPolicySchema.parse({ ...policy, ...patch }));
    else problems.push({ path: `${path}.policies.${tool}`, message: `${name} has no tool ${tool}.` });
  }
  return { id, name, ok, tools, unmatched };
}

/** All servers of a team as Patchbay's own file, without any secret. */
export async function exportServers(teamId: string): Promise<string> {
  const servers = await listServers(teamId);
  return forTeam(teamId, async (tx) => {
    const exported = [];
    for (const server of servers) {
      const tools = await cataloguedTools(tx, server.id);
      exported.push({ server, policies: Object.fromEntries(tools.map((tool) => [tool.definition.name, tool.policy])) });
    }
    return writeConfigFile(exported);
  });
}
