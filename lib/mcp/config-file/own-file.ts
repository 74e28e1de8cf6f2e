import { z } from 'zod';
import type { ConfigProblem, Entry } from '#src/lib/mcp/config-file/configured-server.ts';

const fileSchema = z.object({ patchbay: z.literal(1), servers: z.array(z.unknown()) });

/** The servers of Patchbay's own export, `{"patchbay": 1, "servers": […]}`. */
export function ownServers(file: unknown, problems: ConfigProblem[]): Entry[] {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) {
    problems.push({ path: 'patchbay', message: 'This export is of another version, or has no list of servers.' });
    return [];
  }
  return parsed.data.servers.map((value, at) => ({ path: `servers[${at}]`, name: null, value, kind: 'own' }));
}
